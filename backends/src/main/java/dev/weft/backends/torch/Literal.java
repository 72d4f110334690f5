package dev.weft.backends.torch;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Python literals. */
final class Literal {
  private Literal() {}

  /** The shortest text that Python reads as exactly this number. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "float(\"" + (Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf") + "\")";
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }

  /** A quoted string. */
  static String string(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String tuple(Collection<?> items) {
    var inner = items.stream().map(Object::toString).collect(Collectors.joining(", "));
    return items.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }

  static String strings(Collection<String> items) {
    return tuple(items.stream().map(Literal::string).toList());
  }

  static String shape(List<Dim> dims) {
    return tuple(dims.stream().map(Dim::size).toList());
  }

  static String shape(TensorType type) {
    return shape(type.dims());
  }

  static String bool(boolean value) {
    return value ? "True" : "False";
  }

  /** The shape for people: {@code [batch 4, seq 32]}, or {@code scalar}. */
  static String describe(TensorType type) {
    return type.rank() == 0
        ? "scalar"
        : type.dims().stream()
            .map(d -> d.axis() + " " + d.size())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
