package dev.weft.passes.cost;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unpack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The terms of the values of which yields are made by moving, scaling and adding alone. */
final class Destinations {
  private final Map<Value, Term> terms = new HashMap<>();

  Destinations(Block block, List<Term> yields) {
    for (int i = 0; i < yields.size(); i++) {
      reach(block.yields().get(i), yields.get(i));
    }
    for (var node : block.nodes().reversed()) {
      for (int r = 0; r < node.types().size(); r++) {
        var term = of(node.result(r));
        if (term.isRole()) {
          sources(node, r, term).forEach(v -> reach(v, term));
        }
      }
    }
  }

  /** The term of what a value becomes. */
  Term of(Value value) {
    return terms.getOrDefault(value, Term.BUFFERS);
  }

  private void reach(Value value, Term term) {
    terms.merge(value, term, Term::or);
  }

  /** The operands that are the same thing as a result. */
  private static List<Value> sources(Node node, int result, Term term) {
    return switch (node.op()) {
      case Repeat repeat ->
          result < repeat.carried() ? List.of(node.operand(result)) : List.<Value>of();
      case Pack _, Unpack _, Split _, Merge _, Rename _, Transpose _ -> node.operands();
      case Concat _, Slice _, ShardSlice _, Convert _, Collective _ -> node.operands();
      case ToHost _, ToDevice _ -> node.operands();
      case Affine _ when term == Term.GRADIENTS -> node.operands();
      case Binary binary when term == Term.GRADIENTS -> summands(binary, node);
      default -> List.of();
    };
  }

  /** The gradients of which another is the sum, or a multiple. */
  private static List<Value> summands(Binary op, Node node) {
    boolean sums = op.function() == BinaryFunction.ADD || op.function() == BinaryFunction.SUB;
    return IntStream.range(0, 2)
        .filter(i -> node.operand(i).type().equals(node.types().getFirst()))
        .filter(i -> sums || node.operand(1 - i).type().rank() == 0)
        .mapToObj(node::operand)
        .toList();
  }
}
