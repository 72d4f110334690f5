package dev.weft.passes.workload;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.price.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Cuts a program of gradients into the sections of its model. */
final class SectionCut {
  private final Function function;
  private final Set<Node> forward;
  private final Map<Value, Port.Weight> weights = new HashMap<>();
  private final Set<String> weightAxes = new HashSet<>();

  /** For each stretch between repeats its forward and its backward nodes. */
  private final List<List<Node>> before = new ArrayList<>();

  private final List<List<Node>> after = new ArrayList<>();
  private final List<Node> loops = new ArrayList<>();
  private final Map<Integer, List<Node>> reverseLoops = new HashMap<>();

  SectionCut(Function function) {
    this.function = function;
    this.forward = function.forwardNodes();
    for (int i : function.inputIndices(Port.Weight.class)) {
      function.inputs().get(i).asWeight().ifPresent(w -> weights.put(param(i), w));
    }
    weights.keySet().forEach(w -> weightAxes.addAll(w.type().axes()));
    cut();
  }

  private Param param(int index) {
    return function.body().params().get(index);
  }

  private void cut() {
    before.add(new ArrayList<>());
    for (var node : function.body().nodes()) {
      if (!forward.contains(node)) {
        continue;
      }
      if (node.op() instanceof Repeat) {
        loops.add(node);
        before.add(new ArrayList<>());
      } else {
        before.getLast().add(node);
      }
    }
    before.forEach(_ -> after.add(new ArrayList<>()));
    int at = loops.size();
    for (var node : function.body().nodes()) {
      if (forward.contains(node)) {
        continue;
      }
      if (node.op() instanceof Repeat repeat) {
        at = Math.min(at, loopOf(repeat));
        reverseLoops.computeIfAbsent(loopOf(repeat), _ -> new ArrayList<>()).add(node);
      } else {
        after.get(at).add(node);
      }
    }
  }

  /** The position of the forward loop of a backward one. */
  private int loopOf(Repeat reverse) {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).op() instanceof Repeat repeat && repeat.label().equals(reverse.label())) {
        return i;
      }
    }
    throw new IllegalArgumentException("the repeat " + reverse.label() + " has no forward");
  }

  List<Section> sections() {
    var sections = new ArrayList<Section>();
    for (int i = 0; i < before.size(); i++) {
      sections.add(straight(i));
      if (i < loops.size()) {
        sections.add(repeated(i));
      }
    }
    return sections;
  }

  private Section straight(int index) {
    var nodes = before.get(index);
    var back = after.get(index);
    var made = new HashSet<Value>();
    nodes.forEach(n -> made.addAll(n.results()));
    if (index > 0) {
      made.addAll(loops.get(index - 1).results());
    }
    var saved = new LinkedHashSet<Value>();
    for (var node : function.body().nodes()) {
      if (!forward.contains(node)) {
        node.operands().stream().filter(made::contains).forEach(saved::add);
      }
    }
    saved.removeIf(value -> isStacked(value));
    var needed = new HashSet<Value>(function.body().yields());
    function.body().nodes().forEach(n -> needed.addAll(outside(n, nodes, back)));
    var split = BackwardSplit.of(back, List.copyOf(cotangents(index)));
    return new Section(
        "",
        1,
        load(nodes, needed, Layout.TN),
        load(split.first(), needed, Layout.NN),
        load(split.later(), needed, Layout.NT),
        weightsOf(nodes),
        index == 0 ? 0 : carriedBytes(loops.get(index - 1)),
        new Aliases(nodes).bytes(saved),
        0,
        WorkingSet.peakBytes(nodes, saved),
        WorkingSet.peakBytes(back, function.body().yields()));
  }

  private static List<Value> outside(Node node, List<Node> nodes, List<Node> back) {
    return nodes.contains(node) || back.contains(node) ? List.of() : node.operands();
  }

  /** What the backward of the loop before a stretch takes from the stretch. */
  private Set<Value> cotangents(int index) {
    var found = new HashSet<Value>();
    if (index > 0) {
      reverseLoops.getOrDefault(index - 1, List.of()).forEach(n -> found.addAll(n.operands()));
    }
    return found;
  }

  private static boolean isStacked(Value value) {
    return value instanceof Result(Node node, int i)
        && node.op() instanceof Repeat repeat
        && i >= repeat.carried();
  }

  private Section repeated(int index) {
    var node = loops.get(index);
    var repeat = (Repeat) node.op();
    var body = node.bodies().getFirst();
    var kept = body.yields().subList(repeat.carried(), body.yields().size());
    var backward = new ArrayList<Load>();
    var later = new ArrayList<Load>();
    long backwardPeak = 0;
    for (var reverse : reverseLoops.getOrDefault(index, List.of())) {
      var back = reverse.bodies().getFirst();
      int carried = ((Repeat) reverse.op()).carried();
      var split = BackwardSplit.of(back.nodes(), back.yields().subList(0, carried));
      var needed = needed(back, split);
      backward.add(load(split.first(), needed, Layout.NN));
      later.add(load(split.later(), needed, Layout.NT));
      var gradients = back.yields().subList(carried, back.yields().size());
      long peak = WorkingSet.peakBytes(back.nodes(), gradients) + carriedBytes(reverse);
      backwardPeak = Math.max(backwardPeak, peak);
    }
    return new Section(
        repeat.label(),
        Math.toIntExact(repeat.axis().size()),
        load(body.nodes(), Set.copyOf(body.yields()), Layout.TN),
        Load.sum(backward),
        Load.sum(later),
        weightsOf(node, repeat),
        carriedBytes(node) + streamed(node, repeat),
        new Aliases(body.nodes()).bytes(kept),
        ProductOperands.keptBytes(node, reverseLoops.getOrDefault(index, List.of())),
        WorkingSet.peakBytes(body.nodes(), kept) + carriedBytes(node),
        backwardPeak);
  }

  private Load load(List<Node> nodes, Set<Value> needed, Layout layout) {
    return LoadCount.of(nodes, needed, layout, weightAxes);
  }

  private static Set<Value> needed(Block body, BackwardSplit split) {
    var needed = new HashSet<>(body.yields());
    split.later().forEach(n -> needed.addAll(n.operands()));
    return needed;
  }

  private static long carriedBytes(Node loop) {
    int carried = ((Repeat) loop.op()).carried();
    return loop.operands().subList(0, carried).stream().mapToLong(v -> v.type().bytes()).sum();
  }

  /** What every layer reads of an earlier repeat, such as the result of an encoder. */
  private long streamed(Node loop, Repeat repeat) {
    return loop.operands().subList(repeat.carried(), repeat.carried() + repeat.invariant()).stream()
        .filter(v -> dependsOnLoop(v, loop))
        .mapToLong(v -> v.type().bytes())
        .sum();
  }

  private boolean dependsOnLoop(Value value, Node before) {
    return value instanceof Result(Node node, int _)
        && (loops.contains(node) && node != before
            || node.operands().stream().anyMatch(o -> dependsOnLoop(o, before)));
  }

  private List<WeightLoad> weightsOf(List<Node> nodes) {
    var used = new LinkedHashSet<Value>();
    nodes.forEach(n -> used.addAll(n.operands()));
    used.retainAll(weights.keySet());
    return used.stream().map(v -> load(v, v.type().elements())).toList();
  }

  private List<WeightLoad> weightsOf(Node loop, Repeat repeat) {
    var found = new ArrayList<WeightLoad>();
    for (int i = repeat.carried(); i < loop.operands().size(); i++) {
      var value = loop.operand(i);
      if (weights.containsKey(value)) {
        boolean isStacked = i >= repeat.carried() + repeat.invariant();
        long layers = isStacked ? repeat.axis().size() : 1;
        found.add(load(value, value.type().elements() / layers));
      }
    }
    return found;
  }

  private WeightLoad load(Value value, long elements) {
    var cut = value.sharding().map(Sharding::cutting).orElse(List.of());
    return new WeightLoad(Objects.requireNonNull(weights.get(value)).name(), elements, cut);
  }
}
