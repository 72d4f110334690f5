package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.*;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The parts of a pipelined training step, found by the structure of its devices' programs.
 *
 * @param axis the mesh axis along which the places of the pipeline lie
 * @param rows what each place does, in order
 * @param stages in the order of the model
 * @param places of the stages
 * @param feeds the inputs of micro-batches, by name
 * @param results how the loss and the outputs of the batch are made of those of micro-batches
 * @param shared by name of a weight that several places hold, these
 * @param reduction what happens to the sum of the gradients
 * @param flat elements of the packed vectors, by place
 */
record PipelineShape(
    String axis,
    List<List<Action>> rows,
    List<StageCode> stages,
    List<Integer> places,
    Map<String, StepShape.Feed> feeds,
    Map<Port, Value> results,
    Map<String, List<Integer>> shared,
    Reduction reduction,
    List<Long> flat) {

  int microBatches() {
    return rows.stream().flatMap(List::stream).mapToInt(Action::micro).max().orElse(0) + 1;
  }

  /** Whether the backward of some stage is cut into two halves. */
  boolean splitsBackward() {
    return stages.stream().anyMatch(s -> s.phases().containsKey(Phase.WEIGHT_GRADIENT));
  }

  /** The stages whose backward returns a cotangent of an activation, ascending. */
  List<Integer> returners(String activation) {
    return IntStream.range(0, stages.size())
        .filter(s -> stages.get(s).returns().containsKey(activation))
        .boxed()
        .toList();
  }

  /** The activations that a stage makes and of which cotangents come back, in order. */
  List<String> wants(StageCode stage) {
    return stage.gives().keySet().stream().filter(name -> !returners(name).isEmpty()).toList();
  }

  static PipelineShape of(Module step) {
    return new Finder(step).find();
  }

  /** Follows the programs of the devices. */
  private static final class Finder {
    private final Module step;
    private final List<Function> programs = new ArrayList<>();
    private final List<List<Action>> rows = new ArrayList<>();
    private final TreeMap<Integer, Map<Phase, Function>> functions = new TreeMap<>();
    private final TreeMap<Integer, Integer> places = new TreeMap<>();
    private final Map<String, StepShape.Feed> feeds = new LinkedHashMap<>();
    private final Map<Port, Value> results = new LinkedHashMap<>();
    private final TreeMap<String, List<Integer>> shared = new TreeMap<>();
    private final Map<Integer, TreeMap<Integer, Port.Weight>> packed = new HashMap<>();
    private final List<Long> flat = new ArrayList<>();
    private Optional<Reduction> reduction = Optional.empty();

    Finder(Module step) {
      this.step = step;
    }

    PipelineShape find() {
      var axis = step.pipeline().orElseThrow();
      for (int place = 0; place < step.mesh().size(axis); place++) {
        programs.add(step.function(Module.programName(place)));
        work(place);
        results(programs.get(place));
        update(programs.get(place));
      }
      var stages = new ArrayList<StageCode>();
      functions.forEach(
          (number, phases) -> {
            if (phases.containsKey(Phase.WEIGHT_GRADIENT)) {
              // Where both are called, the whole backward is the two halves one after the other.
              phases.remove(Phase.BACKWARD);
            }
            stages.add(StageCode.of(phases, packed(number)));
          });
      return new PipelineShape(
          axis,
          rows,
          stages,
          List.copyOf(places.values()),
          feeds,
          results,
          shared,
          reduction.orElseThrow().spread(!HostTables.shares(step).isEmpty()),
          flat);
    }

    private List<Port.Weight> packed(int stage) {
      return List.copyOf(packed.getOrDefault(stage, new TreeMap<>()).values());
    }

    private void work(int place) {
      var row = new ArrayList<Action>();
      for (var node : programs.get(place).body().nodes()) {
        if (node.op() instanceof Call call) {
          row.add(new Action(call.stage(), call.phase(), call.micro()));
          places.put(call.stage(), place);
          var callee = step.function(call.callee());
          functions
              .computeIfAbsent(call.stage(), _ -> new EnumMap<>(Phase.class))
              .put(call.phase(), callee);
          for (int i = 0; i < callee.inputs().size(); i++) {
            feed(callee.inputs().get(i), node.operand(i));
          }
        }
      }
      rows.add(row);
    }

    private void feed(Port port, Value operand) {
      switch (port) {
        case Port.Data(var name, var _, var _) ->
            feeds.computeIfAbsent(name, _ -> ofBatch(name, operand));
        case Port.State(var name, var _) ->
            feeds.put(name, new StepShape.Feed(name, operand, operand, StepShape.Part.STATE));
        default -> {}
      }
    }

    /** One slice of the batch's pieces, brought into shape; or all of the input. */
    private static StepShape.Feed ofBatch(String name, Value operand) {
      if (operand instanceof Result(var merge, var _)) {
        var slice = ((Result) merge.operand(0)).node();
        return new StepShape.Feed(name, operand, slice.operand(0), StepShape.Part.SLICE);
      }
      return new StepShape.Feed(name, operand, operand, StepShape.Part.ALL);
    }

    private void results(Function program) {
      for (int i = 0; i < program.outputs().size(); i++) {
        var port = program.outputs().get(i);
        if (port instanceof Port.Loss || port instanceof Port.Output) {
          results.putIfAbsent(port, program.body().yields().get(i));
        }
      }
    }

    private void update(Function program) {
      int output = program.output(Port.Gradient.class).orElseThrow();
      var unwrapped = Reduction.of(program.body().yields().get(output));
      reduction = Optional.of(unwrapped.reduction());
      var found = unwrapped.packed();
      if (!(found.node().op() instanceof Pack)) {
        throw new IllegalStateException("no gradient: " + found.node());
      }
      flat.add(found.node().types().getFirst().elements());
      var weights = program.inputIndices(Port.Weight.class);
      for (int w = 0; w < weights.size(); w++) {
        var weight = (Port.Weight) program.inputs().get(weights.get(w));
        gradient(weight, ((Result) found.node().operand(w)).node(), found.node().operand(w));
      }
    }

    /** Follows the gradient of a weight to the stages that make it. */
    private void gradient(Port.Weight weight, Node node, Value value) {
      switch (node.op()) {
        case SharedSum(var _, var members) -> {
          shared.put(weight.name(), members);
          follow(weight, node.operand(0));
        }
        case Binary _ -> node.operands().forEach(operand -> follow(weight, operand));
        case Unpack _ ->
            packed
                .computeIfAbsent(maker(node.operand(0)), _ -> new TreeMap<>())
                .put(((Result) value).index(), weight);
        default -> throw new IllegalStateException("no gradient of " + weight + ": " + node);
      }
    }

    private void follow(Port.Weight weight, Value value) {
      gradient(weight, ((Result) value).node(), value);
    }

    /** The stage of a packed gradient that is summed over micro-batches. */
    private static int maker(Value sum) {
      var node = ((Result) sum).node();
      return node.op() instanceof Call call ? call.stage() : maker(node.operand(0));
    }
  }
}
