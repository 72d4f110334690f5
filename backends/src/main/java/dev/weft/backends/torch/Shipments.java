package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Send;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What goes to other places after each action. {@code pipeline.py} finds it from the tables of
 * stages alone; this is the same rule, held against the sends of the devices' programs.
 */
record Shipments(PipelineShape shape) {
  /** Fails where a program sends otherwise than the tables say. */
  void check(Module step) {
    for (int place = 0; place < shape.rows().size(); place++) {
      check(step.function(Module.programName(place)), place);
    }
  }

  private void check(Function program, int place) {
    var due = new ArrayList<Integer>();
    for (var node : program.body().nodes()) {
      switch (node.op()) {
        case Call call -> {
          require(due.isEmpty(), call, place);
          due.addAll(after(call, place));
        }
        case Send(var _, var to) ->
            require(!due.isEmpty() && due.removeFirst() == to, node.op(), place);
        default -> {}
      }
    }
    require(due.isEmpty(), program.name(), place);
  }

  private static void require(boolean holds, Object at, int place) {
    if (!holds) {
      throw new IllegalStateException("place " + place + " sends in another order: " + at);
    }
  }

  /** The places to which something goes, in order. */
  private List<Integer> after(Call call, int place) {
    var stage = shape.stages().get(call.stage());
    return switch (call.phase()) {
      case FORWARD ->
          stage.gives().keySet().stream().flatMap(n -> takers(n, place).stream()).toList();
      case BACKWARD, INPUT_GRADIENT ->
          stage.returns().keySet().stream().map(this::maker).filter(p -> p != place).toList();
      case WEIGHT_GRADIENT -> List.of();
    };
  }

  private List<Integer> takers(String activation, int place) {
    var places = new LinkedHashSet<Integer>();
    for (int s = 0; s < shape.stages().size(); s++) {
      if (shape.stages().get(s).takes().containsKey(activation)) {
        places.add(shape.places().get(s));
      }
    }
    places.remove(place);
    return List.copyOf(places);
  }

  private int maker(String activation) {
    return IntStream.range(0, shape.stages().size())
        .filter(s -> shape.stages().get(s).gives().containsKey(activation))
        .map(s -> shape.places().get(s))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no stage gives " + activation));
  }
}
