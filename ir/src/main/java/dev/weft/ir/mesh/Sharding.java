package dev.weft.ir.mesh;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a value lies on a mesh: each dimension is cut along zero or more mesh axes (major to minor),
 * and the value may be a partial result over further axes. Axes named nowhere replicate.
 *
 * @param dims mesh axes of each dimension
 * @param partial mesh axes over which the devices' values must still be combined, sorted by name
 * @param combine how; SUM where nothing is partial
 */
public record Sharding(List<List<String>> dims, List<String> partial, Combine combine) {
  public Sharding {
    dims = dims.stream().map(List::copyOf).toList();
    partial = partial.stream().sorted(Comparator.naturalOrder()).toList();
    if (partial.isEmpty()) {
      combine = Combine.SUM;
    }
    var seen = new HashSet<String>();
    for (var axis : allAxes(dims, partial)) {
      if (!seen.add(axis)) {
        throw new IllegalArgumentException("mesh axis " + axis + " used twice in " + dims);
      }
    }
  }

  public static Sharding replicated(int rank) {
    return of(java.util.Collections.nCopies(rank, List.of()));
  }

  public static Sharding of(List<List<String>> dims) {
    return new Sharding(dims, List.of(), Combine.SUM);
  }

  public boolean isReplicated() {
    return partial.isEmpty() && dims.stream().allMatch(List::isEmpty);
  }

  public boolean isPartial() {
    return !partial.isEmpty();
  }

  /** Every mesh axis that cuts a dimension. */
  public List<String> cutting() {
    return dims.stream().flatMap(List::stream).toList();
  }

  /** Every mesh axis that cuts a dimension or is partial. */
  public List<String> axes() {
    return allAxes(dims, partial);
  }

  public Sharding withPartial(List<String> axes, Combine how) {
    return new Sharding(dims, axes, how);
  }

  public Sharding withoutPartial() {
    return of(dims);
  }

  public Sharding withDim(int index, List<String> axes) {
    var changed = new ArrayList<>(dims);
    changed.set(index, axes);
    return new Sharding(changed, partial, combine);
  }

  /** The type of one device's piece. */
  public TensorType local(TensorType global, Mesh mesh) {
    var local = new ArrayList<Dim>();
    for (int i = 0; i < global.rank(); i++) {
      var dim = global.dims().get(i);
      int parts = mesh.size(dims.get(i));
      if (dim.size() % parts != 0) {
        throw new IllegalArgumentException(
            "axis " + dim + " is not divisible into " + parts + " parts");
      }
      local.add(dim.resized(dim.size() / parts));
    }
    return global.withDims(local);
  }

  /** The type of the whole value of which this is one device's piece. */
  public TensorType global(TensorType local, Mesh mesh) {
    var global = new ArrayList<Dim>();
    for (int i = 0; i < local.rank(); i++) {
      var dim = local.dims().get(i);
      global.add(dim.resized(dim.size() * mesh.size(dims.get(i))));
    }
    return local.withDims(global);
  }

  /** {@code [dp, _, tp] partial sum(tp)}. */
  @Override
  public String toString() {
    var cut =
        dims.stream()
            .map(axes -> axes.isEmpty() ? "_" : String.join("*", axes))
            .collect(Collectors.joining(", ", "[", "]"));
    return partial.isEmpty()
        ? cut
        : cut + " partial " + combine.text() + "(" + String.join(", ", partial) + ")";
  }

  private static List<String> allAxes(List<List<String>> dims, List<String> partial) {
    var all = new ArrayList<String>();
    dims.forEach(all::addAll);
    all.addAll(partial);
    return all;
  }
}
