package dev.weft.runtime.train;

import dev.weft.ir.graph.Port;
import dev.weft.ir.type.MemorySpace;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whole weights by path, and the rows of them that pipeline stages hold. */
final class StackedRows {
  private StackedRows() {}

  /** What a port takes of the whole weights. */
  static Tensor of(Port.Weight port, Map<String, Tensor> whole) {
    var weight = whole.get(port.path());
    if (weight == null) {
      throw new IllegalArgumentException("no weight " + port.path());
    }
    return port.rows().map(rows -> cut(weight, rows)).orElse(weight);
  }

  /** The whole weights of ports that together hold all rows. */
  static Map<String, Tensor> joined(Map<Port.Weight, Tensor> parts) {
    var byPath = new LinkedHashMap<String, TreeMap<Long, Tensor>>();
    parts.forEach(
        (port, tensor) ->
            byPath
                .computeIfAbsent(port.path(), _ -> new TreeMap<>())
                .put(port.rows().map(Port.Rows::first).orElse(0L), tensor));
    var whole = new LinkedHashMap<String, Tensor>();
    byPath.forEach((path, rows) -> whole.put(path, onDevice(join(rows.values()))));
    return whole;
  }

  /** Where a weight lies says nothing of what it is. */
  private static Tensor onDevice(Tensor tensor) {
    return tensor.type().space() == MemorySpace.DEVICE
        ? tensor
        : Tensor.of(tensor.type().in(MemorySpace.DEVICE), tensor.toArray());
  }

  private static Tensor cut(Tensor weight, Port.Rows rows) {
    var dims = new ArrayList<>(weight.type().dims());
    dims.set(0, dims.getFirst().resized(rows.count()));
    var type = weight.type().withDims(dims);
    return weight.view(type, Math.toIntExact(type.elements() / rows.count() * rows.first()));
  }

  private static Tensor join(Collection<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.iterator().next();
    }
    Optional<Tensor> first = parts.stream().findFirst();
    var type = first.orElseThrow().type();
    long count = parts.stream().mapToLong(t -> t.type().dims().getFirst().size()).sum();
    var dims = new ArrayList<>(type.dims());
    dims.set(0, dims.getFirst().resized(count));
    var values = parts.stream().flatMapToDouble(t -> Arrays.stream(t.toArray()));
    return Tensor.of(type.withDims(dims), values.toArray());
  }
}
