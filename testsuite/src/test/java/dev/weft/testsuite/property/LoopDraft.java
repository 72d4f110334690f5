package dev.weft.testsuite.property;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Iota;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** The body of a repeat under construction, with what it takes from the block around it. */
final class LoopDraft extends Draft {
  private final Draft outer;
  private final Dim loop;
  private final List<Value> carriedOperands = new ArrayList<>();
  private final List<Value> invariantOperands = new ArrayList<>();
  private final List<Value> stackedOperands = new ArrayList<>();
  private final List<Param> carried = new ArrayList<>();
  private final List<Param> invariant = new ArrayList<>();
  private final List<Param> stacked = new ArrayList<>();

  LoopDraft(Draft outer, Dim loop) {
    super(outer.random, outer.axes);
    this.outer = outer;
    this.loop = loop;
  }

  Param carry(Value value) {
    carriedOperands.add(value);
    return enter(carried, value.name(), value);
  }

  /** A value of the outer block, the same in every iteration. */
  Param capture(Value value) {
    int known = invariantOperands.indexOf(value);
    if (known >= 0) {
      return invariant.get(known);
    }
    invariantOperands.add(value);
    return enter(invariant, value.name(), value);
  }

  /** A value of the outer block whose first axis is the loop's: one slice for each iteration. */
  Param slice(Value value) {
    int known = stackedOperands.indexOf(value);
    if (known >= 0) {
      return stacked.get(known);
    }
    stackedOperands.add(value);
    var type = value.type();
    var param = new Param(value.name(), type.withDims(type.dims().subList(1, type.rank())));
    stacked.add(param);
    return param;
  }

  private static Param enter(List<Param> list, String name, Value value) {
    var param = new Param(name, value.type());
    list.add(param);
    return param;
  }

  @Override
  Value weight(List<Dim> dims) {
    if (chance(0.25)) {
      return capture(outer.weight(dims));
    }
    var more = new ArrayList<Dim>();
    more.add(loop);
    more.addAll(dims);
    return slice(outer.weight(more));
  }

  @Override
  Value integers(List<Dim> dims, long bound) {
    return capture(outer.integers(dims, bound));
  }

  @Override
  Value fed(String name, Port.Feed feed, TensorType type) {
    return capture(outer.fed(name, feed, type));
  }

  @Override
  List<Value> iterations() {
    var numbers = new ArrayList<Value>();
    outer.iterations().forEach(number -> numbers.add(capture(number)));
    numbers.add(slice(outer.emit("index", new Iota(loop, List.of()))));
    return numbers;
  }

  @Override
  Dim loopAxis() {
    return outer.loopAxis();
  }

  @Override
  int depth() {
    return outer.depth() + 1;
  }

  List<Value> operands() {
    var all = new ArrayList<>(carriedOperands);
    all.addAll(invariantOperands);
    all.addAll(stackedOperands);
    return all;
  }

  List<Param> carried() {
    return carried;
  }

  int invariants() {
    return invariant.size();
  }

  Block block(List<Value> yields) {
    var params = new ArrayList<>(carried);
    params.addAll(invariant);
    params.addAll(stacked);
    return new Block(params, builder.build(List.of()).nodes(), yields);
  }
}
