package dev.weft.backends.torch;

import dev.weft.ir.op.Affine;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** Element-wise functions: operators and functions of PyTorch, aligned by axis names. */
record ElementwisePrinter(Vocabulary vocabulary) {
  Expression unary(UnaryFunction function, Expression x) {
    return switch (function) {
      case EXP, LOG, TANH, SQRT, RSQRT, SIGMOID, RELU, ERF, SIN, COS, SQUARE, ABS ->
          Expression.call("torch." + function.text(), x.text());
      case GELU -> Expression.call("F.gelu", x.text());
      case GELU_TANH -> Expression.call("F.gelu", x.text(), "approximate=\"tanh\"");
      case SILU -> Expression.call("F.silu", x.text());
    };
  }

  /**
   * f'(x) * dy.
   *
   * @param kept the argument or the result of the function, whichever its derivative reads
   */
  Expression gradient(UnaryFunction function, Operand kept, Operand dy) {
    var x = kept.expression();
    var left = side(dy, kept, kept.type());
    return switch (function) {
      case EXP -> times(left, x);
      case LOG -> Expression.infix(left, "/", Expression.PRODUCT, x);
      case SQRT -> Expression.infix(times(number(0.5), left), "/", Expression.PRODUCT, x);
      case SIN -> times(left, Expression.call("torch.cos", x.text()));
      case COS -> times(left, new Expression("-torch.sin(" + x + ")", Expression.SIGN));
      case SQUARE ->
          dy.uniform().isPresent()
              ? times(x, number(2 * dy.uniform().getAsDouble()))
              : times(left, times(number(2), x));
      case ABS -> times(left, Expression.call("torch.sign", x.text()));
      case TANH, RSQRT, SIGMOID, RELU, GELU, GELU_TANH, SILU, ERF ->
          Expression.call(
              vocabulary.function(function.text() + "_bwd"),
              tensor(dy, kept.type()).text(),
              x.text());
    };
  }

  Expression binary(BinaryFunction function, Operand a, Operand b, TensorType result) {
    var left = side(a, b, result);
    var right = side(b, a, result);
    return switch (function) {
      case ADD -> Expression.infix(left, "+", Expression.SUM, right);
      case SUB -> Expression.infix(left, "-", Expression.SUM, right);
      case MUL -> times(left, right);
      case DIV ->
          result.dtype().isFloat()
              ? Expression.infix(left, "/", Expression.PRODUCT, right)
              : Expression.call("torch.div", left.text(), right.text(), "rounding_mode=\"trunc\"");
      case MAX, MIN -> {
        var name = function == BinaryFunction.MAX ? "torch.maximum" : "torch.minimum";
        yield Expression.call(name, tensor(a, result).text(), tensor(b, result).text());
      }
      case EQUAL, GREATER_EQUAL ->
          Expression.call(
              vocabulary.function(function.text()),
              tensor(a, result).text(),
              tensor(b, result).text());
    };
  }

  Expression affine(Affine op, Operand x) {
    boolean isFloat = x.type().dtype().isFloat();
    var scaled = scale(op.scale(), x.expression(), isFloat);
    if (op.shift() == 0) {
      return scaled;
    }
    var shift = new Expression(literal(Math.abs(op.shift()), isFloat), Expression.ATOM);
    return Expression.infix(scaled, op.shift() < 0 ? "-" : "+", Expression.SUM, shift);
  }

  private static Expression scale(double factor, Expression x, boolean isFloat) {
    if (factor == 1) {
      return x;
    }
    if (factor == -1) {
      return new Expression("-" + x.atLeast(Expression.SIGN), Expression.SIGN);
    }
    return times(x, new Expression(literal(factor, isFloat), Expression.ATOM));
  }

  /** A number everywhere, as a tensor. */
  Expression fill(Fill op) {
    boolean isFloat = op.type().dtype().isFloat();
    var arguments = List.of(Literal.shape(op.type()), literal(op.value(), isFloat));
    return Expression.call(vocabulary.function(isFloat ? "full" : "full_int"), arguments);
  }

  /**
   * Another element type; the recipe's own is whatever precision the program runs in. A wider one
   * is that of the optimizer's state, such as the scale of the loss.
   */
  Expression convert(Convert op, Operand x) {
    if (op.dtype() == DType.I32) {
      return x.expression().method("long()");
    }
    boolean isAlias = x.type().dtype().isFloat() && op.dtype().bytes() >= x.type().dtype().bytes();
    return isAlias
        ? x.expression()
        : Expression.call(vocabulary.function("to_float"), x.expression().text());
  }

  /** An operand that may be a plain number, because the other one has the result's shape. */
  private Expression side(Operand operand, Operand other, TensorType result) {
    boolean otherIsWhole = other.uniform().isEmpty() && other.type().rank() == result.rank();
    if (operand.uniform().isPresent() && otherIsWhole) {
      var value = operand.uniform().getAsDouble();
      return operand.type().dtype().isFloat()
          ? number(value)
          : new Expression(
              Long.toString((long) value), value < 0 ? Expression.SIGN : Expression.ATOM);
    }
    return tensor(operand, result);
  }

  private static Expression tensor(Operand operand, TensorType result) {
    return Layout.align(operand.expression(), operand.type(), result.axes());
  }

  private static Expression number(double value) {
    var text = Literal.number(value);
    return new Expression(text, text.startsWith("-") ? Expression.SIGN : Expression.ATOM);
  }

  private static Expression times(Expression a, Expression b) {
    return Expression.infix(a, "*", Expression.PRODUCT, b);
  }

  private static String literal(double value, boolean isFloat) {
    return isFloat ? Literal.number(value) : Long.toString((long) value);
  }
}
