package dev.weft.frontend.check;

import dev.weft.ir.graph.Module;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that is right.
 *
 * @param name as the file declares it
 * @param module one function, {@code model}: weights in the order of their declaration and inputs
 *     to the loss and the declared outputs
 * @param sizes every parameter and axis of the model with its size
 * @param presets the names of the file's presets
 * @param shardHints per axis the mesh axes over which the model asks to cut it
 */
public record CheckedModel(
    String name,
    Module module,
    Map<String, Long> sizes,
    Recipe recipe,
    List<String> presets,
    Map<String, List<String>> shardHints) {
  public CheckedModel {
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    presets = List.copyOf(presets);
    shardHints = Collections.unmodifiableMap(new LinkedHashMap<>(shardHints));
  }
}
