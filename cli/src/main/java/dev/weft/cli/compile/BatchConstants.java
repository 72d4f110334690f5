package dev.weft.cli.compile;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Rope;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Whether the size of the batch is a number in a model, as in {@code sum(x) / batch}. Then the
 * model of a micro-batch computes something else than a part of the whole, and the roles of its
 * results cannot tell.
 */
final class BatchConstants {
  private BatchConstants() {}

  /**
   * The model of a micro-batch, where it uses the constants of the whole model.
   *
   * @param whole the model over the whole batch
   * @param piece the same model over a micro-batch
   */
  static Checked<Function> same(Function whole, Function piece) {
    for (int i : whole.inputIndices(Port.Weight.class)) {
      if (!sameWeight(whole, piece, i)) {
        var what = "the weight `" + whole.inputs().get(i).name() + "`";
        return Checked.failed(problem(Span.NONE, what));
      }
    }
    return difference(whole.body(), piece.body())
        .map(node -> problem(node.span(), "a constant of `" + node.op().name() + "`"))
        .map(Checked::<Function>failed)
        .orElse(Checked.ok(piece));
  }

  private static boolean sameWeight(Function whole, Function piece, int input) {
    var type = whole.body().params().get(input).type();
    return whole.inputs().get(input).equals(piece.inputs().get(input))
        && type.equals(piece.body().params().get(input).type());
  }

  private static Diagnostic problem(Span span, String what) {
    var message = what + " follows from the size of `batch`: micro-batches would change it";
    return Diagnostic.of(CompilationCode.BATCH_AS_NUMBER, span, message);
  }

  private static Optional<Node> difference(Block whole, Block piece) {
    if (whole.nodes().size() != piece.nodes().size()) {
      throw new IllegalStateException("the size of the batch changes the structure of the model");
    }
    for (int i = 0; i < whole.nodes().size(); i++) {
      var found = difference(whole.nodes().get(i), piece.nodes().get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Node> difference(Node whole, Node piece) {
    if (!constants(whole.op()).equals(constants(piece.op()))) {
      return Optional.of(whole);
    }
    for (int b = 0; b < whole.bodies().size(); b++) {
      var found = difference(whole.bodies().get(b), piece.bodies().get(b));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The numbers that a user's constant expression may have gone into. */
  private static List<Double> constants(Op op) {
    return switch (op) {
      case Affine(double scale, double shift) -> List.of(scale, shift);
      case Fill fill -> List.of(fill.value());
      case Dropout dropout -> List.of(dropout.rate());
      case Attention attention -> List.of(attention.shape().scale());
      case Normalize normalize -> List.of(normalize.eps());
      case Rope rope -> List.of(rope.base());
      case Repeat repeat -> List.of((double) repeat.axis().size());
      default -> List.of();
    };
  }
}
