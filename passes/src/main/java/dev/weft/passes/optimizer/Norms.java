package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Sums of squares of whole weights, of which each device has pieces or shares of pieces.
 *
 * <p>A piece that several devices hold is counted by the first of them, so that the sum is that of
 * the serial program but for the order of its terms.
 *
 * @param weights the pieces that this device updates
 * @param cutting the mesh axes that cut any weight of the model
 * @param stacks the weights that are stacks of layers: how many of their axes count these
 * @param over the mesh axes among which the packed vector is shared out; empty where it is not
 */
record Norms(
    Mesh mesh,
    Holdings holdings,
    List<Param> weights,
    List<String> cutting,
    Map<String, Integer> stacks,
    List<String> over,
    Builder builder) {

  /** The sum of the squares of a packed vector over all weights of the model. */
  Value total(Value vector) {
    var own = builder.emit("squares", new SegmentSquares(segments(Scope.MODEL)), vector);
    var axes = List.of(SegmentSquares.AXIS);
    var sum = builder.emit("square", Reduce.over(ReduceFunction.SUM, axes, own.type()), own);
    var group = new LinkedHashSet<>(cutting);
    group.addAll(over);
    group.addAll(holdings.further());
    return summed(sum, group);
  }

  /** The sum of the squares of a packed vector for each weight. */
  Value bySegment(Value vector) {
    var own = builder.emit("squares", new SegmentSquares(segments(Scope.PROGRAM)), vector);
    var group = new LinkedHashSet<>(cutting);
    group.addAll(over);
    return summed(own, group);
  }

  /** The weights as each of them is counted for its own norm. */
  Segments segments() {
    return segments(Scope.PROGRAM);
  }

  /** Of what a sum is taken. */
  private enum Scope {
    /** Each weight of this program. */
    PROGRAM,
    /** All weights of the model: one that another program counts is left out. */
    MODEL
  }

  /** Sums over the devices along some mesh axes, in the order of the mesh. */
  private Value summed(Value value, LinkedHashSet<String> axes) {
    var group = mesh.axes().stream().filter(a -> a.size() > 1 && axes.contains(a.name())).toList();
    if (group.isEmpty()) {
      return value;
    }
    var names = group.stream().map(a -> a.name()).toList();
    return builder.emit(value.name(), new AllReduce(Combine.SUM, names, mesh.size(names)), value);
  }

  private Segments segments(Scope scope) {
    var parts = new ArrayList<Segments.Part>();
    for (int i = 0; i < weights.size(); i++) {
      parts.add(part(i, scope));
    }
    return new Segments(parts, over);
  }

  private Segments.Part part(int index, Scope scope) {
    var port = holdings.weights().get(index);
    var param = weights.get(index);
    var cuts = param.sharding().map(s -> s.dims()).orElseGet(() -> uncut(param.type()));
    int depth = stacks.getOrDefault(port.path(), 0);
    long count =
        param.type().dims().stream()
            .limit(depth)
            .mapToLong(d -> d.size())
            .reduce(1, (a, b) -> a * b);
    if (cuts.stream().limit(depth).anyMatch(axes -> !axes.isEmpty())) {
      throw new IllegalStateException("the stack of layers " + param + " is cut: " + cuts);
    }
    var own = cuts.stream().flatMap(List::stream).toList();
    boolean counted = scope == Scope.PROGRAM || !holdings.elsewhere().contains(port.name());
    return new Segments.Part(
        param.type().elements() / count,
        count,
        cutting.stream().filter(a -> !own.contains(a) && mesh.size(a) > 1).toList(),
        counted ? Segments.Tally.HERE : Segments.Tally.ELSEWHERE);
  }

  private static List<List<String>> uncut(TensorType type) {
    return Collections.nCopies(type.rank(), List.of());
  }
}
