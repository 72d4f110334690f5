package dev.weft.ir.text;

import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that one block has defined so far. */
final class Scope {
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  void put(String name, Value value) {
    values.put(name, value);
  }

  /** A name whose definition was wrong: its uses are not reported again. */
  void putBroken(String name) {
    broken.add(name);
  }

  boolean isBroken(String name) {
    return broken.contains(name);
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  List<String> names() {
    return values.keySet().stream().sorted().toList();
  }
}
