package dev.weft.passes.shard;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layouts at the border of a repeat. Carried values lie as the plan prefers, since they must
 * lie alike in every iteration; a carried sum that starts at zero takes the layout of what is added
 * to it, partial or not; invariants and stacked operands keep theirs.
 */
final class RepeatSharding {
  private final Plan plan;
  private final Seeds seeds;
  private final Node node;
  private final Repeat repeat;
  private final Block body;

  RepeatSharding(Plan plan, Seeds seeds, Node node, Repeat repeat) {
    this.plan = plan;
    this.seeds = seeds;
    this.node = node;
    this.repeat = repeat;
    this.body = node.bodies().getFirst();
  }

  void emit(BlockSharding outer) {
    var layouts = outer.layouts();
    var params = paramLayouts(layouts);
    adoptSums(params, layouts);
    var shares = shares(layouts);
    var inner = sweep(params, shares);
    var yields = new ArrayList<Value>();
    var results = new ArrayList<Optional<Sharding>>();
    for (int i = 0; i < body.yields().size(); i++) {
      var value = body.yields().get(i);
      if (i < repeat.carried()) {
        yields.add(inner.layouts().in(value, params.get(i)));
        results.add(Optional.of(params.get(i)));
      } else {
        yields.add(slice(inner.layouts(), value, outer.wanted(node.result(i))));
        results.add(yields.getLast().sharding().map(RepeatSharding::stacked));
      }
    }
    var operands = new ArrayList<Value>();
    for (int i = 0; i < node.operands().size(); i++) {
      int index = i;
      var param = params.get(i);
      var stored = layouts.stored(node.operand(i)).filter(_ -> isStacked(index));
      operands.add(
          stored
              .map(Layouts.Stored::image)
              .orElseGet(() -> layouts.in(node.operand(index), operandLayout(index, param))));
    }
    var image =
        outer
            .builder()
            .at(node.span())
            .node(node.names(), repeat, operands, List.of(inner.build(yields)), results);
    for (int r = 0; r < node.types().size(); r++) {
      layouts.put(node.result(r), image.result(r));
    }
  }

  private List<Sharding> paramLayouts(Layouts layouts) {
    var params = new ArrayList<Sharding>();
    for (int i = 0; i < body.params().size(); i++) {
      params.add(paramLayout(layouts, i));
    }
    return params;
  }

  private Sharding paramLayout(Layouts layouts, int index) {
    var type = body.params().get(index).type();
    if (index < repeat.carried()) {
      return seeds.ofActivation(type);
    }
    var operand = node.operand(index);
    var current = layouts.current(operand).map(s -> layouts.settledLayout(operand, s, List.of()));
    if (index < repeat.carried() + repeat.invariant()) {
      return current.orElse(Sharding.replicated(type.rank()));
    }
    return current
        .map(s -> Sharding.of(s.dims().subList(1, s.dims().size())))
        .orElse(Sharding.replicated(type.rank()));
  }

  private Sharding operandLayout(int index, Sharding param) {
    return index < repeat.carried() + repeat.invariant() ? param : stacked(param);
  }

  private static Sharding stacked(Sharding slice) {
    var dims = new ArrayList<List<String>>();
    dims.add(List.of());
    dims.addAll(slice.dims());
    return new Sharding(dims, slice.partial(), slice.combine());
  }

  /** By index: the slices of stacked weights that lie in shares. */
  private Map<Integer, Sharding> shares(Layouts layouts) {
    var shares = new HashMap<Integer, Sharding>();
    for (int i = repeat.carried() + repeat.invariant(); i < body.params().size(); i++) {
      int index = i;
      layouts
          .stored(node.operand(i))
          .flatMap(s -> s.image().sharding())
          .ifPresent(s -> shares.put(index, Sharding.of(s.dims().subList(1, s.dims().size()))));
    }
    return shares;
  }

  private boolean isStacked(int operand) {
    return operand >= repeat.carried() + repeat.invariant();
  }

  private BlockSharding sweep(List<Sharding> params, Map<Integer, Sharding> shares) {
    var inner = new BlockSharding(plan, seeds);
    for (int i = 0; i < params.size(); i++) {
      var share = Optional.ofNullable(shares.get(i));
      if (share.isPresent()) {
        inner.stored(body.params().get(i), share.get(), params.get(i));
      } else {
        inner.param(body.params().get(i), params.get(i));
      }
    }
    inner.sweep(body);
    return inner;
  }

  /**
   * A yielded slice may stay an unfinished sum, but not an unfinished maximum; a gradient that is
   * to lie in shares is spread at once. What has been moved to where the rules want it is yielded
   * from there: its further uses, in a backward, are there too.
   */
  private Value slice(Layouts layouts, Value value, Optional<Sharding> stack) {
    if (stack.isPresent()) {
      var dims = stack.get().dims();
      var slice = new Sharding(dims.subList(1, dims.size()), stack.get().partial(), Combine.SUM);
      return layouts.in(value, slice);
    }
    var moved = layouts.moved(value, seeds.ofActivation(value.type()));
    if (moved.isPresent()) {
      return moved.get();
    }
    var current = layouts.current(value);
    boolean sum = current.map(s -> s.combine() == Combine.SUM).orElse(false);
    return sum ? layouts.in(value, current.orElseThrow()) : layouts.settled(value, List.of());
  }

  /** Finds, by a trial sweep, the layouts of what is added to sums that start at zero. */
  private void adoptSums(List<Sharding> params, Layouts layouts) {
    var added = new LinkedHashMap<Integer, Value>();
    for (int i = 0; i < repeat.carried(); i++) {
      addendOf(i).ifPresent(addend(added, i));
    }
    if (added.isEmpty()) {
      return;
    }
    var trial = sweep(params, shares(layouts));
    added.forEach(
        (index, value) ->
            addedAs(trial.layouts(), value)
                .filter(s -> s.combine() == Combine.SUM)
                .ifPresent(s -> params.set(index, s)));
  }

  /** The trial asks for the sum of what is added; it may stay open where nobody else needs it. */
  private Optional<Sharding> addedAs(Layouts trial, Value value) {
    return uses(value) == 1 ? trial.first(value) : trial.current(value);
  }

  private long uses(Value value) {
    return body.nodes().stream().flatMap(n -> n.operands().stream()).filter(value::equals).count()
        + body.yields().stream().filter(value::equals).count();
  }

  private static java.util.function.Consumer<Value> addend(Map<Integer, Value> added, int index) {
    return value -> added.put(index, value);
  }

  /** The d of a carried value that starts at zero and whose only use is to yield itself + d. */
  private Optional<Value> addendOf(int index) {
    var param = body.params().get(index);
    boolean zero =
        node.operand(index) instanceof Result(var maker, var r)
            && maker.op() instanceof Fill fill
            && fill.value() == 0;
    if (!zero || !(body.yields().get(index) instanceof Result(var sum, var at))) {
      return Optional.empty();
    }
    boolean adds = sum.op().equals(Binary.ADD) && sum.operand(0).equals(param) && uses(param) == 1;
    // A smaller addend is broadcast: its layout is not the sum's.
    boolean alike = adds && sum.operand(1).type().equals(param.type());
    return alike ? Optional.of(sum.operand(1)) : Optional.empty();
  }
}
