package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.Repeat;
import java.util.List;

/**
 * Writes what of a loop's body runs ahead as a Python function. It begins to bring values to the
 * device: copies that a stream of their own makes, and gathers that are waited for by {@code
 * ahead}, which calls it.
 */
final class LoopAhead {
  private LoopAhead() {}

  /**
   * Defines the function.
   *
   * @param values what it returns, in order
   */
  static LoopFunction define(Node loop, List<Value> values, Routine caller) {
    var repeat = (Repeat) loop.op();
    var early = repeat.early(loop.bodies().getFirst());
    var region = Region.of(StepShape.ancestors(early.nodes(), values), values);
    var destinations = new Destinations();
    for (var value : values) {
      destinations.keep(value);
      if (isLastOfItsWay(value, region)) {
        destinations.begin(value);
      }
    }
    var parameters = new LoopParameters(loop, caller);
    var program = caller.program();
    var routine =
        program.write(
            region,
            region.nodes(),
            destinations,
            caller.scope().depth() + 1,
            r -> parameters.open(r, region, repeat.carried()),
            r -> close(r, values));
    var function = LoopFunction.of(program.aheadName(loop), routine, parameters);
    var doc = "Begins to bring what an iteration of `" + repeat.label() + "` needs to the device";
    var text = function.text(parameters.inOrder(), doc, routine);
    return function.called(program.define(function.name(), text));
  }

  /** Whether nothing has to wait for a gather but its use. */
  private static boolean isLastOfItsWay(Value value, Region region) {
    return value instanceof Result(var node, var _)
        && node.op() instanceof AllGather
        && region.reads().of(value).isEmpty();
  }

  private static void close(Routine routine, List<Value> values) {
    var names = values.stream().map(v -> routine.read(v).text()).toList();
    Wrapping.write(routine.out(), "return (", names, names.size() == 1 ? ",)" : ")");
  }
}
