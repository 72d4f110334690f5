package dev.weft.runtime.oracle;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.runtime.tensor.Stacking;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The loop: its body is run once for each slice. */
final class Looping {
  private Looping() {}

  static List<Tensor> repeat(Repeat op, Node node, List<Tensor> in) {
    var body = node.bodies().getFirst();
    int count = (int) op.axis().size();
    var carried = in.subList(0, op.carried());
    var stacks = new ArrayList<Stacking>();
    for (var type : node.types().subList(op.carried(), node.types().size())) {
      stacks.add(new Stacking(type));
    }
    for (int i = 0; i < count; i++) {
      int slice = op.direction() == Direction.FORWARD ? i : count - 1 - i;
      var arguments = new ArrayList<>(carried);
      for (int j = op.carried(); j < in.size(); j++) {
        boolean invariant = j < op.carried() + op.invariant();
        var type = body.params().get(j).type();
        arguments.add(invariant ? in.get(j) : in.get(j).view(type, slice * (int) type.elements()));
      }
      var yields = Oracle.run(body, arguments);
      carried = yields.subList(0, op.carried());
      for (int j = 0; j < stacks.size(); j++) {
        stacks.get(j).put(slice, yields.get(op.carried() + j));
      }
    }
    var results = new ArrayList<>(carried);
    stacks.forEach(stack -> results.add(stack.seal()));
    return results;
  }
}
