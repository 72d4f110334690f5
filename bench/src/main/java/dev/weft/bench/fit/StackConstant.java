package dev.weft.bench.fit;

import dev.weft.passes.cluster.SoftwareSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * A constant of a software stack that is fitted.
 *
 * @param name of the component of {@link SoftwareSpec}
 * @param least sensible value
 * @param greatest sensible value
 * @param first how far the first step goes: a factor, or for a share what is added
 * @param isShare whether it lies between 0 and 1 and moves by addition
 */
record StackConstant(String name, double least, double greatest, double first, boolean isShare) {
  /** The ones that time depends on, within what hosts, libraries and memories can do. */
  static final List<StackConstant> ALL =
      List.of(
          factor("productSpeed", 0.7, 1.05, 1.06),
          factor("streamTraffic", 1, 10, 1.5),
          factor("lossTraffic", 1, 10, 1.5),
          factor("scoreTraffic", 1, 8, 1.5),
          factor("launchSeconds", 2e-6, 2e-4, 1.5),
          factor("hopSeconds", 0, 1e-3, 1.5),
          factor("microBatchSeconds", 0, 2, 1.5),
          factor("messageSeconds", 0, 2, 1.5),
          factor("stepSeconds", 0, 5, 1.5),
          share("gradientOverlap"),
          share("tensorOverlap"),
          share("transferOverlap"));

  /** Where a factor of 0 begins to grow. */
  private static final double SEED = 1e-4;

  private static StackConstant factor(String name, double least, double greatest, double first) {
    return new StackConstant(name, least, greatest, first, false);
  }

  private static StackConstant share(String name) {
    return new StackConstant(name, 0, 1, 0.2, true);
  }

  /** The values to try beside one, within the limits. */
  double[] beside(double value, double step) {
    double[] tried =
        isShare
            ? new double[] {value + step, value - step}
            : value == 0 ? new double[] {SEED} : new double[] {value * step, value / step};
    return Arrays.stream(tried).map(v -> Math.clamp(v, least, greatest)).toArray();
  }

  /** The next, smaller step. */
  double smaller(double step) {
    return isShare ? step / 2 : Math.sqrt(step);
  }

  double of(SoftwareSpec stack) {
    try {
      return ((Number) SoftwareSpec.class.getMethod(name).invoke(stack)).doubleValue();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is no constant of a stack", e);
    }
  }

  /** The stack with another value. */
  SoftwareSpec with(SoftwareSpec stack, double value) {
    var components = SoftwareSpec.class.getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean isThis = components[i].getName().equals(name);
        values[i] = isThis ? (Object) value : components[i].getAccessor().invoke(stack);
      }
      return SoftwareSpec.class.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException | NoSuchMethodException e) {
      throw new IllegalStateException(name + " = " + value, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a stack is a public record", e);
    }
  }
}
