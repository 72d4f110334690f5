package dev.weft.testsuite.property;

import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Tensors by name, in the order in which they were put. */
final class Named {
  private static final Pattern ROWS = Pattern.compile("(.*)\\[(\\d+):(\\d+)\\]");

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  void put(String name, Tensor tensor) {
    tensors.put(name, tensor);
  }

  /** A tensor; by a name such as {@code w[2:4]} these rows of it. */
  Tensor get(String name) {
    var rows = ROWS.matcher(name);
    if (!rows.matches()) {
      return Objects.requireNonNull(tensors.get(name), name);
    }
    var whole = Objects.requireNonNull(tensors.get(rows.group(1)), name);
    long first = Long.parseLong(rows.group(2));
    var dims = new ArrayList<>(whole.type().dims());
    long row = whole.type().elements() / dims.getFirst().size();
    dims.set(0, dims.getFirst().resized(Long.parseLong(rows.group(3)) - first));
    return whole.view(whole.type().withDims(dims), Math.toIntExact(first * row));
  }

  /** Whether there is a tensor of a name, or of which the name means some rows. */
  boolean has(String name) {
    var rows = ROWS.matcher(name);
    return tensors.containsKey(rows.matches() ? rows.group(1) : name);
  }

  List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  int count() {
    return tensors.size();
  }
}
