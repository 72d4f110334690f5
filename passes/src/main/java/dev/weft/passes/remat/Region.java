package dev.weft.passes.remat;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forward code, and what the backward that belongs to it takes from it.
 *
 * @param label of the repeat whose iterations these are; empty for a function's own body
 * @param times how often the code runs
 * @param nodes the forward nodes, in order
 * @param saved what is kept for the backward now
 * @param needed what the backward reads, where it computes nothing of the forward by itself
 * @param price the bytes of keeping a value all the time; 0 for one that is in memory anyway
 */
record Region(
    String label,
    long times,
    List<Node> nodes,
    Set<Value> saved,
    Set<Value> needed,
    Map<Value, Long> price) {

  /** The region as a problem, its values numbered. */
  Numbered numbered() {
    var numbers = new LinkedHashSet<Value>(needed);
    nodes.forEach(n -> numbers.addAll(n.operands()));
    nodes.forEach(n -> numbers.addAll(n.results()));
    var values = List.copyOf(numbers);
    var index = new HashMap<Value, Integer>();
    values.forEach(v -> index.put(v, index.size()));
    var steps = new ArrayList<Computation>();
    for (var node : nodes) {
      double flops = isRepeatable(node) ? times * RecomputeCost.flops(node) : RecomputeCost.NEVER;
      var operands = indices(node.operands(), index);
      steps.add(new Computation(flops, operands, indices(node.results(), index)));
    }
    var bytes = values.stream().map(this::bytes).toList();
    var wanted = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      wanted.set(i, needed.contains(values.get(i)));
    }
    return new Numbered(values, new KeepProblem(steps, bytes, wanted));
  }

  /** A region whose values have numbers. */
  record Numbered(List<Value> values, KeepProblem problem) {
    Set<Value> values(BitSet numbers) {
      var set = new LinkedHashSet<Value>();
      numbers.stream().forEach(i -> set.add(values.get(i)));
      return set;
    }

    BitSet numbers(Set<Value> some) {
      var set = new BitSet();
      for (int i = 0; i < values.size(); i++) {
        set.set(i, some.contains(values.get(i)));
      }
      return set;
    }
  }

  /**
   * Whether a node may be computed again. A loop of the function's own body may not: it has a
   * region of its own.
   */
  boolean isRepeatable(Node node) {
    boolean isLoop = label.isEmpty() && !node.bodies().isEmpty();
    return !isLoop && RecomputeCost.isRepeatable(node.op());
  }

  private long bytes(Value value) {
    return price.getOrDefault(value, times * value.type().bytes());
  }

  private static List<Integer> indices(List<Value> values, Map<Value, Integer> index) {
    return values.stream().map(index::get).toList();
  }

  /** What keeping some values takes. */
  KeepChoice choice(Set<Value> kept) {
    var numbered = numbered();
    return numbered.problem().choice(numbered.numbers(kept));
  }

  /** Whether a choice of kept values is what is saved now. */
  boolean isKeptBy(Set<Value> kept) {
    return computed(kept).equals(computed(saved));
  }

  private static Set<Value> computed(Set<Value> values) {
    return values.stream().filter(v -> v instanceof Result).collect(Collectors.toSet());
  }

  /** What is kept when these values are: inputs that the others are computed from besides. */
  Set<Value> closed(Set<Value> chosen) {
    return numbered().values(choice(chosen).kept());
  }
}
