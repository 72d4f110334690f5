package dev.weft.ir.op;

import java.util.Locale;

/**
 * The element-wise functions of one argument, with their derivatives.
 *
 * <p>The derivative is given in terms of the argument x or of the result y, whichever is cheaper to
 * keep ({@link #keepsResult}).
 */
public enum UnaryFunction {
  EXP(true),
  LOG(false),
  TANH(true),
  SQRT(true),
  RSQRT(true),
  SIGMOID(true),
  RELU(true),
  /** x Φ(x), with the exact normal distribution function. */
  GELU(false),
  /** The tanh approximation of Hendrycks and Gimpel, "Gaussian Error Linear Units", section 2. */
  GELU_TANH(false),
  /** x sigmoid(x). */
  SILU(false),
  ERF(false),
  SIN(false),
  COS(false),
  SQUARE(false),
  ABS(false);

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private final boolean keepsResult;

  UnaryFunction(boolean keepsResult) {
    this.keepsResult = keepsResult;
  }

  /** Whether the derivative reads the result; else it reads the argument. */
  public boolean keepsResult() {
    return keepsResult;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value for a number; the definition that every interpreter follows. */
  public double apply(double x) {
    return switch (this) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case TANH -> Math.tanh(x);
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case SIGMOID -> sigmoid(x);
      case RELU -> x > 0 ? x : 0;
      case GELU -> x * normalCdf(x);
      case GELU_TANH -> 0.5 * x * (1 + Math.tanh(inner(x)));
      case SILU -> x * sigmoid(x);
      case ERF -> Erf.erf(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case SQUARE -> x * x;
      case ABS -> Math.abs(x);
    };
  }

  /**
   * The derivative.
   *
   * @param kept the result where {@link #keepsResult}, else the argument
   */
  public double derivative(double kept) {
    return switch (this) {
      case EXP -> kept;
      case LOG -> 1 / kept;
      case TANH -> 1 - kept * kept;
      case SQRT -> 0.5 / kept;
      case RSQRT -> -0.5 * kept * kept * kept;
      case SIGMOID -> kept * (1 - kept);
      case RELU -> kept > 0 ? 1 : 0;
      case GELU -> normalCdf(kept) + kept * Math.exp(-0.5 * kept * kept) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> geluTanhDerivative(kept);
      case SILU -> sigmoid(kept) * (1 + kept * (1 - sigmoid(kept)));
      case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-kept * kept);
      case SIN -> Math.cos(kept);
      case COS -> -Math.sin(kept);
      case SQUARE -> 2 * kept;
      case ABS -> Math.signum(kept);
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double normalCdf(double x) {
    return 0.5 * (1 + Erf.erf(x * SQRT_HALF));
  }

  private static double inner(double x) {
    return SQRT_TWO_OVER_PI * (x + CUBIC * x * x * x);
  }

  private static double geluTanhDerivative(double x) {
    double t = Math.tanh(inner(x));
    double slope = SQRT_TWO_OVER_PI * (1 + 3 * CUBIC * x * x);
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope;
  }
}
