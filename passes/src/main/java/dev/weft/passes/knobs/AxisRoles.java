package dev.weft.passes.knobs;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.Dim;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the axes of a model are to parallelism, read from factor maps alone.
 *
 * <ul>
 *   <li><em>stream</em> axes lie in what flows from layer to layer: inputs, what looked-up tokens
 *       become, and the values that repeats carry. Cutting them is data or sequence parallelism.
 *   <li><em>inner</em> axes are borne by weights, not by the stream, and no op needs them whole:
 *       they come into being at one product with a weight and vanish at another, so that cutting
 *       them costs one sum. Those are the axes of tensor parallelism: heads, hidden units,
 *       vocabulary.
 *   <li><em>expert</em> axes number weights that lie side by side: a product with a weight bears
 *       them in the weight, in the other operand and in its result.
 *   <li><em>sequence</em> axes are stream axes, other than the batch, that no product with a weight
 *       sums over.
 * </ul>
 *
 * <p>A table that positions look up is kept whole; one that input tokens look up is a vocabulary.
 */
final class AxisRoles {
  private final String batch;
  private final Set<String> stream = new LinkedHashSet<>();
  private final Set<String> carried = new LinkedHashSet<>();
  private final Set<String> loops = new HashSet<>();
  private final Set<String> whole = new HashSet<>();
  private final Set<String> summedWithWeights = new HashSet<>();
  private final Set<String> tables = new HashSet<>();
  private final Set<String> produced = new HashSet<>();
  private final Set<String> sideBySide = new LinkedHashSet<>();
  private final Set<Value> fromData = new HashSet<>();
  private final Map<String, Long> weightAxes = new LinkedHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  AxisRoles(Function model, String batch) {
    this.batch = batch;
    var weights = new HashSet<Value>();
    for (int i = 0; i < model.inputs().size(); i++) {
      var param = model.body().params().get(i);
      if (model.inputs().get(i) instanceof Port.Weight) {
        weights.add(param);
        param.type().dims().forEach(d -> weightAxes.putIfAbsent(d.axis(), d.size()));
      } else {
        stream.addAll(param.type().axes());
        fromData.add(param);
      }
      param.type().dims().forEach(this::record);
    }
    visit(model.body(), weights);
    stream.addAll(carried);
  }

  /**
   * Inner axes in the order in which the weights declare them, vocabularies last: where a table
   * bears another inner axis too, cutting that one needs no sum.
   */
  List<Dim> inner() {
    return weightAxes.entrySet().stream()
        .filter(e -> isInner(e.getKey()))
        .map(e -> new Dim(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(d -> isVocabulary(d.axis())))
        .toList();
  }

  /** Whether an axis counts classes or tokens: inputs look it up, or a loss is taken over it. */
  boolean isVocabulary(String axis) {
    return tables.contains(axis);
  }

  List<Dim> experts() {
    return sideBySide.stream()
        .filter(a -> !produced.contains(a) && !stream.contains(a))
        .filter(a -> !loops.contains(a) && !whole.contains(a) && !a.equals(batch))
        .map(a -> new Dim(a, weightAxes.getOrDefault(a, 1L)))
        .toList();
  }

  List<Dim> sequence() {
    var candidates = carried.isEmpty() ? stream : carried;
    return candidates.stream()
        .filter(a -> !a.equals(batch) && !summedWithWeights.contains(a) && !loops.contains(a))
        .filter(a -> !isInner(a))
        .map(a -> new Dim(a, sizes.getOrDefault(a, 1L)))
        .toList();
  }

  Optional<Dim> batch() {
    return Optional.ofNullable(sizes.get(batch)).map(size -> new Dim(batch, size));
  }

  private boolean isInner(String axis) {
    return (produced.contains(axis) || tables.contains(axis))
        && weightAxes.containsKey(axis)
        && !stream.contains(axis)
        && !loops.contains(axis)
        && !whole.contains(axis)
        && !axis.equals(batch);
  }

  private void record(Dim dim) {
    sizes.putIfAbsent(dim.axis(), dim.size());
  }

  private void visit(Block block, Set<Value> weights) {
    for (var node : block.nodes()) {
      node.types().forEach(t -> t.dims().forEach(this::record));
      if (node.op() instanceof Repeat repeat) {
        visitRepeat(node, repeat, weights);
        continue;
      }
      visitFactors(node, weights);
      visitProducts(node, weights);
      if (node.operands().stream().anyMatch(fromData::contains)) {
        fromData.addAll(node.results());
      }
      if (node.op() instanceof CrossEntropy(var classes)) {
        tables.add(classes);
      }
      if (node.op() instanceof Lookup) {
        var axis = node.operand(0).type().axes().getFirst();
        if (fromData.contains(node.operand(1))) {
          tables.add(axis);
          stream.addAll(node.types().getFirst().axes());
        } else {
          whole.add(axis);
        }
      }
    }
  }

  private void visitRepeat(Node node, Repeat repeat, Set<Value> weights) {
    loops.add(repeat.axis().axis());
    var body = node.bodies().getFirst();
    for (int i = 0; i < body.params().size(); i++) {
      if (i < repeat.carried()) {
        carried.addAll(body.params().get(i).type().axes());
      }
      if (weights.contains(node.operand(i))) {
        weights.add(body.params().get(i));
      }
      if (fromData.contains(node.operand(i))) {
        fromData.add(body.params().get(i));
      }
    }
    visit(body, weights);
  }

  /**
   * A weight that a product meets brings the axes into being that the other operand lacks; what all
   * three bear numbers weights.
   */
  private void visitProducts(Node node, Set<Value> weights) {
    if (node.operands().size() == 1 && weights.contains(node.operand(0))) {
      weights.addAll(node.results());
    }
    if (!(node.op() instanceof Contract) || node.operands().size() != 2) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      var other = node.operand(1 - i).type();
      if (weights.contains(node.operand(i))) {
        node.operand(i).type().axes().stream()
            .filter(a -> node.types().getFirst().bears(a))
            .forEach(a -> (other.bears(a) ? sideBySide : produced).add(a));
      }
    }
  }

  private void visitFactors(Node node, Set<Value> weights) {
    boolean withWeight = node.operands().stream().anyMatch(weights::contains);
    for (var factor : node.typing().factors().all()) {
      switch (factor.kind()) {
        case GATHER -> whole.add(factor.name());
        case REDUCE -> {
          if (withWeight && node.op() instanceof Contract) {
            summedWithWeights.add(factor.name());
          }
        }
        case PARALLEL -> {}
      }
    }
  }
}
