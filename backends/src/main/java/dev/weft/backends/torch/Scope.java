package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the values of one Python function are called in it. */
final class Scope {
  private static final List<String> INDICES = List.of("i", "j", "i3", "i4");

  private final Names names;
  private final int depth;
  private final Map<Value, Expression> bound = new HashMap<>();
  private final Map<Node, String> saved = new HashMap<>();

  /**
   * A function's scope.
   *
   * @param reserved names with a fixed meaning
   * @param depth the number of loops around it; their indices are i, j, …
   */
  Scope(Set<String> reserved, int depth) {
    var fixed = new HashSet<>(reserved);
    fixed.addAll(INDICES.subList(0, depth + 1));
    this.names = new Names(fixed);
    this.depth = depth;
  }

  Names names() {
    return names;
  }

  int depth() {
    return depth;
  }

  /** The index variable of a loop in this function. */
  String index() {
    return INDICES.get(depth);
  }

  /** The index variables of the loops around this function. */
  List<String> indices() {
    return INDICES.subList(0, depth);
  }

  void bind(Value value, Expression expression) {
    bound.put(Aliases.canonical(value), expression);
  }

  /** Binds a value to a new name near its hint. */
  String declare(Value value, String hint) {
    var name = names.take(hint);
    bind(value, Expression.atom(name));
    return name;
  }

  Optional<Expression> find(Value value) {
    return Optional.ofNullable(bound.get(Aliases.canonical(value)));
  }

  /** Gives the name of a value back, where it has one of its own. */
  void release(Value value) {
    find(value)
        .filter(Expression::isName)
        .filter(e -> bound.values().stream().filter(e::equals).count() == 1)
        .ifPresent(
            e -> {
              bound.remove(Aliases.canonical(value));
              names.release(e.text());
            });
  }

  void bindSaved(Node loop, String list) {
    saved.put(loop, list);
  }

  boolean hasSaved(Node loop) {
    return saved.containsKey(loop);
  }

  /** The list of what each iteration of a loop saved. */
  String saved(Node loop) {
    return Optional.ofNullable(saved.get(loop))
        .orElseThrow(() -> new IllegalStateException("nothing saved by " + loop));
  }
}
