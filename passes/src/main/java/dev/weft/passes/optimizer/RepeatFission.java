package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Splits a repeat into two over the same iterations: the first makes the results that are urgent,
 * the second the rest, from what the first keeps for it.
 *
 * <pre>{@code
 * %dx, %dw = repeat %dy; %w, %x  { %e = … ; yield dx(%e), dw(%e, %x) }
 * ---
 * %dx, %es = repeat %dy; %w      { %e = … ; yield dx(%e), %e }
 * %dw      = repeat    ; %x, %es { yield dw(%e, %x) }
 * }</pre>
 */
final class RepeatFission {
  private final Node node;
  private final Repeat repeat;
  private final Block body;
  private final int firstStacked;

  /** Indices of the results that the first repeat makes. */
  private final Set<Integer> urgent;

  /** Nodes of the body that are left to the second repeat. */
  private final List<Node> late;

  /** Values of the first repeat's body that the second takes, other than operands of both. */
  private final List<Value> kept;

  private RepeatFission(Node node, Set<Integer> urgent) {
    this.node = node;
    this.repeat = (Repeat) node.op();
    this.body = node.bodies().getFirst();
    this.firstStacked = repeat.carried() + repeat.invariant();
    this.urgent = urgent;
    var early = ancestors(body, urgent.stream().map(body.yields()::get).toList());
    this.late = body.nodes().stream().filter(n -> disjoint(n.results(), early)).toList();
    this.kept = takenByLate().stream().filter(this::variesInFirst).toList();
  }

  /**
   * Emits both repeats and maps the results of the one; only one where nothing can wait.
   *
   * @param wanted values for which somebody waits
   */
  static void emit(Node node, Collection<Value> wanted, Builder builder, ValueMap map) {
    var fission = new RepeatFission(node, urgent(node, wanted));
    if (fission.late.isEmpty()) {
      map.copy(node, builder);
    } else {
      fission.emit(builder.at(node.span()), map);
    }
  }

  /**
   * The results that the urgent half of a repeat makes: those that are wanted, and the carried
   * values that are more than sums over the iterations.
   */
  static Set<Integer> urgent(Node node, Collection<Value> wanted) {
    var repeat = (Repeat) node.op();
    var body = node.bodies().getFirst();
    var urgent = new TreeSet<Integer>();
    for (int i = 0; i < node.types().size(); i++) {
      boolean chained = i < repeat.carried() && !isSum(body, i);
      if (chained || wanted.contains(node.result(i))) {
        urgent.add(i);
      }
    }
    return urgent;
  }

  /** Whether a carried value is nothing but a sum over the iterations. */
  private static boolean isSum(Block body, int carried) {
    var param = body.params().get(carried);
    long uses =
        body.nodes().stream().flatMap(n -> n.operands().stream()).filter(param::equals).count()
            + body.yields().stream().filter(param::equals).count();
    return uses == 1
        && body.yields().get(carried) instanceof Result(var sum, var _)
        && sum.op().equals(Binary.ADD)
        && sum.operands().contains(param);
  }

  private Set<Value> takenByLate() {
    var taken = new LinkedHashSet<Value>();
    late.forEach(n -> taken.addAll(n.operands()));
    results(i -> !urgent.contains(i)).forEach(i -> taken.add(body.yields().get(i)));
    late.forEach(n -> taken.removeAll(n.results()));
    return taken;
  }

  /** What the second repeat cannot take as an operand of its own. */
  private boolean variesInFirst(Value value) {
    int param = value instanceof Param p ? body.params().indexOf(p) : -1;
    return param < 0 || param < repeat.carried() && urgent.contains(param);
  }

  private void emit(Builder builder, ValueMap map) {
    var first = new Half(builder, map);
    var urgentCarried = results(i -> i < repeat.carried() && urgent.contains(i));
    var urgentStacked = results(i -> i >= repeat.carried() && urgent.contains(i));
    urgentCarried.forEach(first::carry);
    var early = body.nodes().stream().filter(n -> !late.contains(n)).toList();
    first.operands(used(early, urgentCarried, urgentStacked));
    early.forEach(first::copy);
    urgentStacked.forEach(first::yield);
    kept.forEach(first::keep);
    var made = first.emit();

    var second = new Half(builder, map);
    var lateCarried = results(i -> i < repeat.carried() && !urgent.contains(i));
    var lateStacked = results(i -> i >= repeat.carried() && !urgent.contains(i));
    lateCarried.forEach(second::carry);
    second.operands(used(late, lateCarried, lateStacked));
    for (int k = 0; k < kept.size(); k++) {
      int at = made.types().size() - kept.size() + k;
      second.stacked(kept.get(k), made.result(at));
    }
    late.forEach(second::copy);
    lateStacked.forEach(second::yield);
    second.emit();
  }

  /** What some nodes and yields take of the body's parameters. */
  private Set<Value> used(List<Node> nodes, List<Integer> carried, List<Integer> stacked) {
    var used = new HashSet<Value>();
    nodes.forEach(n -> used.addAll(n.operands()));
    carried.forEach(i -> used.add(body.yields().get(i)));
    stacked.forEach(i -> used.add(body.yields().get(i)));
    return used;
  }

  private List<Integer> results(IntPredicate which) {
    return IntStream.range(0, node.types().size()).filter(which).boxed().toList();
  }

  private static boolean disjoint(List<Value> values, Set<Value> others) {
    return values.stream().noneMatch(others::contains);
  }

  /** The values that some values of a block depend on, themselves among them. */
  static Set<Value> ancestors(Block block, Collection<Value> needed) {
    var live = new HashSet<>(needed);
    for (var node : block.nodes().reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        live.addAll(node.operands());
      }
    }
    return live;
  }

  /** One of the two repeats under construction. */
  private final class Half {
    private final Builder outer;
    private final ValueMap outside;
    private final Builder inner = new Builder();
    private final ValueMap inside = new ValueMap();
    private final List<Value> carried = new ArrayList<>();
    private final List<Value> invariant = new ArrayList<>();
    private final List<Value> stacked = new ArrayList<>();
    private final List<Integer> made = new ArrayList<>();
    private final List<Value> yields = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Optional<Sharding>> shardings = new ArrayList<>();

    Half(Builder outer, ValueMap outside) {
      this.outer = outer;
      this.outside = outside;
    }

    void carry(int index) {
      carried.add(outside.get(node.operand(index)));
      declare(body.params().get(index));
      made.add(index);
    }

    void operands(Set<Value> used) {
      for (int i = repeat.carried(); i < body.params().size(); i++) {
        var param = body.params().get(i);
        if (used.contains(param)) {
          (i < firstStacked ? invariant : stacked).add(outside.get(node.operand(i)));
          declare(param);
        }
      }
    }

    void stacked(Value value, Value stack) {
      stacked.add(stack);
      declare(value);
    }

    private void declare(Value value) {
      inside.put(value, inner.param(new Param(value.name(), value.type(), value.sharding())));
    }

    void copy(Node inBody) {
      inside.copy(inBody, inner);
    }

    void yield(int index) {
      made.add(index);
    }

    /** Stacks a value of the body for the other repeat. */
    void keep(Value value) {
      yields.add(value);
    }

    Node emit() {
      var all = new ArrayList<Value>();
      for (int index : made) {
        all.add(inside.get(body.yields().get(index)));
        names.add(node.names().get(index));
        shardings.add(node.shardings().get(index));
      }
      for (var value : yields) {
        all.add(inside.get(value));
        names.add("kept_" + value.name());
        shardings.add(Optional.empty());
      }
      var operands = new ArrayList<>(carried);
      operands.addAll(invariant);
      operands.addAll(stacked);
      var op =
          new Repeat(
              repeat.label(), repeat.axis(), repeat.direction(), carried.size(), invariant.size());
      var copy = outer.node(names, op, operands, List.of(inner.build(all)), shardings);
      for (int k = 0; k < made.size(); k++) {
        outside.put(node.result(made.get(k)), copy.result(k));
      }
      return copy;
    }
  }
}
