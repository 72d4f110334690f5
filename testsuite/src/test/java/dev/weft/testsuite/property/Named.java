package dev.weft.testsuite.property;

import dev.weft.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tensors by name, in the order in which they were put. */
final class Named {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  void put(String name, Tensor tensor) {
    tensors.put(name, tensor);
  }

  Tensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  int count() {
    return tensors.size();
  }
}
