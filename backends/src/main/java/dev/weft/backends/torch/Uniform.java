package dev.weft.backends.torch;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Transpose;
import java.util.OptionalDouble;

/** Values that hold one number everywhere: in Python they are that number where one will do. */
final class Uniform {
  private Uniform() {}

  /** The number, where it is known here. */
  static OptionalDouble of(Value value) {
    if (!(value instanceof Result(var node, var index))) {
      return OptionalDouble.empty();
    }
    return switch (node.op()) {
      case Fill fill -> OptionalDouble.of(fill.value());
      case Affine(var scale, var shift) -> {
        var inner = of(node.operand(0));
        yield inner.isPresent()
            ? OptionalDouble.of(scale * inner.getAsDouble() + shift)
            : OptionalDouble.empty();
      }
      case Broadcast ignored -> of(node.operand(0));
      case Rename ignored -> of(node.operand(0));
      case Transpose ignored -> of(node.operand(0));
      default -> OptionalDouble.empty();
    };
  }
}
