package dev.weft.passes.lower;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.ShardSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The collectives that bring one value from its layout to another: sums first (scattered where the
 * target is cut along the summed axis), then all-to-all where an axis moves from one dimension to
 * another, then all-gather of what must be whole, then slices of what is replicated, then shares of
 * what is to be a sum.
 */
final class Movement {
  private final Mesh mesh;
  private final Set<String> used;
  private final Builder builder;
  private Value value;
  private Sharding current;

  /**
   * A value on its way.
   *
   * @param used the mesh axes along which all devices run one program
   */
  Movement(Mesh mesh, Set<String> used, Builder builder, Value value, Sharding current) {
    this.mesh = mesh;
    this.used = used;
    this.builder = builder;
    this.value = value;
    this.current = current;
  }

  Value to(Sharding target) {
    scatterSums(target);
    reduceSums(target);
    exchange(target);
    gather(target);
    slice(target);
    share(target);
    if (!current.equals(target)) {
      throw new IllegalStateException("no way to " + target + "; reached " + current);
    }
    return value;
  }

  /** Reduce-scatter: an axis that is partial and is wanted next on a dimension. */
  private void scatterSums(Sharding target) {
    for (int d = 0; d < target.dims().size(); d++) {
      var wanted = target.dims().get(d);
      var have = current.dims().get(d);
      boolean extending =
          wanted.size() > have.size() && wanted.subList(0, have.size()).equals(have);
      if (extending) {
        var rest = wanted.subList(have.size(), wanted.size());
        int count = leading(rest, current.partial());
        if (count > 0 && scatterable(current.combine())) {
          scatter(d, have, rest.subList(0, count));
        }
      }
    }
  }

  private static boolean scatterable(Combine combine) {
    return combine == Combine.SUM;
  }

  private void scatter(int dim, List<String> have, List<String> axes) {
    var left = new ArrayList<>(current.partial());
    left.removeAll(axes);
    var op = new ReduceScatter(axis(dim), current.combine(), axes, mesh.size(axes));
    step(op, current.withPartial(left, current.combine()).withDim(dim, joined(have, axes)));
  }

  private void reduceSums(Sharding target) {
    var over = current.partial().stream().filter(a -> !target.partial().contains(a)).toList();
    if (!over.isEmpty()) {
      var left = current.partial().stream().filter(target.partial()::contains).toList();
      var op = new AllReduce(current.combine(), over, mesh.size(over));
      step(op, current.withPartial(left, current.combine()));
    }
  }

  /** All-to-all: the last axis of one dimension is wanted next on another. */
  private void exchange(Sharding target) {
    for (int from = 0; from < current.dims().size(); from++) {
      var have = current.dims().get(from);
      var keep = target.dims().get(from);
      boolean drops = have.size() == keep.size() + 1 && have.subList(0, keep.size()).equals(keep);
      if (drops) {
        exchangeLast(from, keep, have.getLast(), target);
      }
    }
  }

  private void exchangeLast(int from, List<String> keep, String axis, Sharding target) {
    for (int to = 0; to < current.dims().size(); to++) {
      if (to != from && target.dims().get(to).contains(axis)) {
        sliceBefore(to, axis, target);
      }
      var grown = joined(current.dims().get(to), List.of(axis));
      var wanted = target.dims().get(to);
      boolean fits = wanted.size() >= grown.size() && wanted.subList(0, grown.size()).equals(grown);
      if (to != from && fits) {
        var op = new AllToAll(axis(to), axis(from), List.of(axis), mesh.size(axis));
        var dims = new ArrayList<>(current.dims());
        dims.set(from, keep);
        dims.set(to, grown);
        exchangeInSlices(op, new Sharding(dims, current.partial(), current.combine()), target);
        return;
      }
    }
  }

  /**
   * Neighbours that all hold the same would each exchange all of it: each takes a slice, exchanges
   * that, and gathers the slices of the others.
   */
  private void exchangeInSlices(AllToAll op, Sharding after, Sharding target) {
    var alike = alikeNeighbours(op.over().getLast(), target);
    int dim = alike.isEmpty() ? -1 : wholeDim(after, mesh.size(alike));
    if (dim < 0) {
      step(op, after);
      return;
    }
    step(new ShardSlice(axis(dim), alike, mesh.size(alike)), current.withDim(dim, alike));
    step(op, after.withDim(dim, alike));
    step(new AllGather(axis(dim), alike, mesh.size(alike)), after);
  }

  /** The mesh axes behind another one along which all devices have the same, before and after. */
  private List<String> alikeNeighbours(String axis, Sharding target) {
    var names = mesh.axes().stream().map(MeshAxis::name).toList();
    return names.subList(names.indexOf(axis) + 1, names.size()).stream()
        .filter(a -> mesh.size(a) > 1 && used.contains(a) && !isInUse(a))
        .filter(a -> !target.axes().contains(a))
        .toList();
  }

  /** The first dimension that is whole and can be cut; -1 where there is none. */
  private int wholeDim(Sharding after, int parts) {
    for (int d = 0; d < current.dims().size(); d++) {
      boolean isWhole = current.dims().get(d).isEmpty() && after.dims().get(d).isEmpty();
      if (isWhole && value.type().dims().get(d).size() % parts == 0) {
        return d;
      }
    }
    return -1;
  }

  /**
   * Where an axis is wanted behind others along which all devices hold the same, those take their
   * slices first: less is exchanged, and the axis has its place.
   */
  private void sliceBefore(int dim, String axis, Sharding target) {
    var have = current.dims().get(dim);
    var wanted = target.dims().get(dim);
    var until = wanted.subList(0, wanted.indexOf(axis));
    if (commonPrefix(have, until) == have.size() && until.size() > have.size()) {
      var more = until.subList(have.size(), until.size());
      if (more.stream().noneMatch(this::isInUse)) {
        step(new ShardSlice(axis(dim), more, mesh.size(more)), current.withDim(dim, until));
      }
    }
  }

  private boolean isInUse(String axis) {
    return current.partial().contains(axis) || current.cutting().contains(axis);
  }

  /** All-gather of the axes behind the common beginning of what is had and what is wanted. */
  private void gather(Sharding target) {
    for (int d = 0; d < current.dims().size(); d++) {
      var have = current.dims().get(d);
      int common = commonPrefix(have, target.dims().get(d));
      if (common < have.size()) {
        var axes = have.subList(common, have.size());
        var op = new AllGather(axis(d), axes, mesh.size(axes));
        step(op, current.withDim(d, have.subList(0, common)));
      }
    }
  }

  private void slice(Sharding target) {
    for (int d = 0; d < current.dims().size(); d++) {
      var have = current.dims().get(d);
      var wanted = target.dims().get(d);
      if (wanted.size() > have.size()) {
        var axes = wanted.subList(have.size(), wanted.size());
        step(new ShardSlice(axis(d), axes, mesh.size(axes)), current.withDim(d, wanted));
      }
    }
  }

  /** A sum over devices that all hold the value: each puts in an equal share. */
  private void share(Sharding target) {
    var more = target.partial().stream().filter(a -> !current.partial().contains(a)).toList();
    if (!more.isEmpty()) {
      step(Affine.scale(1.0 / mesh.size(more)), target);
    }
  }

  private void step(Op op, Sharding after) {
    var names = List.of(value.name());
    value =
        builder.node(names, op, List.of(value), List.of(), List.of(Optional.of(after))).result();
    current = after;
  }

  private String axis(int dim) {
    return value.type().dims().get(dim).axis();
  }

  private static int leading(List<String> axes, List<String> among) {
    int count = 0;
    while (count < axes.size() && among.contains(axes.get(count))) {
      count++;
    }
    return count;
  }

  private static int commonPrefix(List<String> a, List<String> b) {
    int length = 0;
    while (length < a.size() && length < b.size() && a.get(length).equals(b.get(length))) {
      length++;
    }
    return length;
  }

  private static List<String> joined(List<String> a, List<String> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
