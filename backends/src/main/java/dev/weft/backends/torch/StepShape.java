package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.*;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a training step, found by its structure: what one micro-batch computes, how the
 * micro-batches come together, and how the replicas share the update.
 *
 * @param micro what one micro-batch computes; its yields are the loss and the outputs
 * @param gradients the gradient of each weight, in the order of the weights
 * @param weights the values of the micro-batch that are weights, by path
 * @param data the inputs of the micro-batch
 * @param results the loss and the outputs of the whole step, in the order of the yields of {@code
 *     micro}
 * @param loop the loop over the micro-batches, where there are several
 * @param reduction what happens to the sum of the gradients
 * @param flat elements of the packed vector
 */
record StepShape(
    Region micro,
    List<Value> gradients,
    Map<String, Value> weights,
    List<Feed> data,
    List<Value> results,
    Optional<Node> loop,
    Reduction reduction,
    long flat) {

  /** The label that the optimizer pass gives the loop over micro-batches. */
  private static final String MICRO = "micro";

  /**
   * An input of one micro-batch.
   *
   * @param value in the micro-batch
   * @param source in the step: what the loop takes, made of the step's input
   * @param part whether the micro-batch takes one slice of the source, or all of it
   */
  record Feed(String name, Value value, Value source, Part part) {}

  /** What a micro-batch takes of an input. */
  enum Part {
    SLICE,
    ALL,
    /** It is no part of the batch, but state of the optimizer: the scale of the loss. */
    STATE
  }

  /** Where gradients lie in shares of whole weights, the update is of the shares. */
  StepShape spread(boolean wholeWeights) {
    return new StepShape(
        micro, gradients, weights, data, results, loop, reduction.spread(wholeWeights), flat);
  }

  int microBatches() {
    return loop.map(node -> (int) ((Repeat) node.op()).axis().size()).orElse(1);
  }

  static StepShape of(Function step) {
    return new Finder(step).find();
  }

  /** Follows the step backward from what it yields. */
  private static final class Finder {
    private final Function step;
    private final Reduction.Found found;

    Finder(Function step) {
      this.step = step;
      this.found = Reduction.of(yields(Port.Gradient.class).getFirst());
    }

    StepShape find() {
      var packed = found.packed();
      return packed.node().op() instanceof Pack
          ? whole(packed.node())
          : inPieces(packed.node(), (Repeat) packed.node().op());
    }

    /** One micro-batch: its nodes stand in the step itself. */
    private StepShape whole(Node pack) {
      var results = results();
      var needed = new ArrayList<>(results);
      needed.addAll(Sink.rows(pack.operands()));
      var weights = new LinkedHashMap<String, Value>();
      var data = new ArrayList<Feed>();
      for (int i = 0; i < step.inputs().size(); i++) {
        var param = step.body().params().get(i);
        switch (step.inputs().get(i)) {
          case Port.Weight weight -> weights.put(weight.name(), param);
          case Port.Data input -> data.add(new Feed(input.name(), param, param, Part.ALL));
          case Port.State state -> data.add(new Feed(state.name(), param, param, Part.STATE));
          default -> {}
        }
      }
      var nodes = ancestors(step.body().nodes(), needed);
      return shape(Region.of(nodes, results), pack, weights, data, Optional.empty());
    }

    private StepShape inPieces(Node loop, Repeat repeat) {
      if (!repeat.label().equals(MICRO)) {
        throw new IllegalStateException("gradients of an unknown loop " + repeat);
      }
      var body = loop.bodies().getFirst();
      var pack = pack((Result) body.yields().getFirst());
      var weights = new LinkedHashMap<String, Value>();
      var data = new ArrayList<Feed>();
      for (int i = repeat.carried(); i < loop.operands().size(); i++) {
        var part = i < repeat.carried() + repeat.invariant() ? Part.ALL : Part.SLICE;
        feed(loop.operand(i), body.params().get(i), part, weights, data);
      }
      var results = results().stream().map(r -> yielded((Result) r, loop)).toList();
      var needed = new ArrayList<>(results);
      needed.addAll(Sink.rows(pack.operands()));
      var micro = Region.of(ancestors(body.nodes(), needed), results);
      return shape(micro, pack, weights, data, Optional.of(loop));
    }

    private static Node pack(Result sum) {
      return sum.node().operands().stream()
          .filter(v -> v instanceof Result(var node, var index) && node.op() instanceof Pack)
          .map(v -> ((Result) v).node())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no packed gradient in " + sum.node()));
    }

    private void feed(
        Value operand, Param param, Part part, Map<String, Value> weights, List<Feed> data) {
      var source = operand;
      while (source instanceof Result(var node, var index)) {
        source = node.operand(0);
      }
      switch (step.inputs().get(step.body().params().indexOf(source))) {
        case Port.Weight weight -> weights.put(weight.name(), param);
        case Port.Data input -> data.add(new Feed(input.name(), param, operand, part));
        case Port.State state -> data.add(new Feed(state.name(), param, operand, Part.STATE));
        default -> throw new IllegalStateException("no input of a micro-batch: " + source);
      }
    }

    /** What the loop's body yields for a result of the step. */
    private static Value yielded(Result whole, Node loop) {
      var found = whole;
      while (!found.node().equals(loop)) {
        found = (Result) found.node().operand(0);
      }
      return loop.bodies().getFirst().yields().get(found.index());
    }

    private StepShape shape(
        Region micro, Node pack, Map<String, Value> weights, List<Feed> data, Optional<Node> loop) {
      var gradients = pack.operands();
      long flat = pack.types().getFirst().elements();
      return new StepShape(
          micro, gradients, weights, data, results(), loop, found.reduction(), flat);
    }

    private List<Value> results() {
      var results = new ArrayList<Value>(yields(Port.Loss.class));
      results.addAll(yields(Port.Output.class));
      return results;
    }

    private List<Value> yields(Class<? extends Port> kind) {
      return step.outputIndices(kind).stream().map(step.body().yields()::get).toList();
    }
  }

  /** The nodes that some values depend on, in program order. */
  static List<Node> ancestors(List<Node> nodes, List<Value> needed) {
    var live = new HashSet<>(needed);
    var kept = new ArrayList<Node>();
    for (var node : nodes.reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        kept.addFirst(node);
        live.addAll(node.operands());
      }
    }
    return kept;
  }
}
