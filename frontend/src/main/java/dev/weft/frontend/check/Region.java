package dev.weft.frontend.check;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Iota;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Code being written: the body of the model, or of a repeat. A repeat's region collects what it
 * uses from outside as it goes: invariant values, and weights of which each iteration has a slice.
 */
final class Region {
  private record Loop(Region outer, Dim axis) {}

  private final Builder builder = new Builder();
  private final Optional<Loop> loop;
  private final Map<Value, Param> invariants = new LinkedHashMap<>();
  private final Map<Value, Param> slices = new LinkedHashMap<>();
  private Optional<Param> iteration = Optional.empty();

  private Region(Optional<Loop> loop) {
    this.loop = loop;
  }

  /** The body of the model. */
  static Region top() {
    return new Region(Optional.empty());
  }

  /** The body of a repeat along an axis. */
  Region inner(Dim axis) {
    return new Region(Optional.of(new Loop(this, axis)));
  }

  Builder builder() {
    return builder;
  }

  /** The axes of the repeats around, from the outermost. */
  List<Dim> loops() {
    var axes = loop.map(l -> new ArrayList<>(l.outer().loops())).orElseGet(ArrayList::new);
    loop.ifPresent(l -> axes.add(l.axis()));
    return axes;
  }

  /** A value of this region or of one around, as a value here. */
  Value receive(Value value, Region home) {
    if (home == this) {
      return value;
    }
    var outside = loop.orElseThrow().outer().receive(value, home);
    return invariants.computeIfAbsent(outside, v -> new Param(v.name(), v.type()));
  }

  /** The part of a weight of the whole program that belongs to an iteration here. */
  Value slice(Param weight, String name) {
    if (loop.isEmpty()) {
      return weight;
    }
    var stacked = loop.get().outer().slice(weight, name);
    var type = stacked.type();
    var part = new Param(name, type.withDims(type.dims().subList(1, type.rank())));
    slices.put(stacked, part);
    return part;
  }

  /** The numbers, from 0, of the iterations of the repeats around, from the outermost. */
  List<Value> iterations() {
    if (loop.isEmpty()) {
      return List.of();
    }
    var outer = loop.get().outer();
    var numbers = new ArrayList<Value>();
    outer.iterations().forEach(i -> numbers.add(receive(i, outer)));
    numbers.add(iteration.orElseGet(() -> countIterations(loop.get())));
    return numbers;
  }

  /** A piece of the loop keeps the numbers of its iterations: they are slices of a count. */
  private Param countIterations(Loop around) {
    var axis = around.axis();
    var name = axis.axis() + ".index";
    var count = around.outer().builder().emit(name, new Iota(axis, List.of()));
    var number = new Param(name, TensorType.scalar(DType.I32));
    slices.put(count, number);
    iteration = Optional.of(number);
    return number;
  }

  /** What the region uses from outside, with its name inside. */
  Map<Value, Param> invariants() {
    return invariants;
  }

  /** The stacked values of which an iteration has one slice each, with its name inside. */
  Map<Value, Param> slices() {
    return slices;
  }
}
