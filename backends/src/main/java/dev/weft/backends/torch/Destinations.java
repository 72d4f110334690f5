package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the values of a function go beside its own statements. */
final class Destinations {
  private final Set<Value> kept = new HashSet<>();
  private final Set<Value> begun = new HashSet<>();
  private final Map<Value, List<Sink>> sinks = new LinkedHashMap<>();

  /** The value is returned. */
  void keep(Value value) {
    kept.add(Aliases.canonical(value));
  }

  /** The value is returned while it is still on its way. */
  void begin(Value value) {
    begun.add(Aliases.canonical(value));
  }

  /** Whether the result of a node is. */
  boolean begins(Node node) {
    return node.types().size() == 1 && begun.contains(node.result());
  }

  /** The value is added into a gradient, or some rows of one. */
  void sink(Value value, Sink sink) {
    sinks.computeIfAbsent(Aliases.canonical(value), v -> new ArrayList<>()).add(sink);
  }

  /** What makes up a gradient is added into it. */
  void sinkParts(Value value, String gradient) {
    Sink.parts(value, gradient).forEach(part -> sink(part.value(), part.sink()));
  }

  boolean isKept(Value value) {
    return kept.contains(Aliases.canonical(value));
  }

  List<Sink> sinks(Value value) {
    return sinks.getOrDefault(Aliases.canonical(value), List.of());
  }

  /** The values that go into gradients, in the order in which they were named. */
  Set<Value> sunk() {
    return sinks.keySet();
  }
}
