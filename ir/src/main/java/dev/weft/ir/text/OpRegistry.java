package dev.weft.ir.text;

import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.op.ScaleGradient;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every op that IR text may name. An op's name is the snake case of its class; the element-wise ops
 * are named after their function and have no attributes in text.
 */
final class OpRegistry {
  /** What a name stands for. */
  sealed interface Entry {
    /** An op without attributes in text, such as {@code add}. */
    record Constant(Op op) implements Entry {}

    /** A family of ops that the components of a record tell apart. */
    record Family(Class<? extends Record> type) implements Entry {}
  }

  private static final List<Class<?>> COMPOSITES = List.of(CrossEntropy.class, ScaleGradient.class);
  private static final Map<String, Entry> ENTRIES = entries();

  private OpRegistry() {}

  static Optional<Entry> find(String name) {
    return Optional.ofNullable(ENTRIES.get(name));
  }

  /** All names, in alphabetical order. */
  static Set<String> names() {
    return ENTRIES.keySet();
  }

  /** Whether an op's name says everything of it. */
  static boolean isConstant(Op op) {
    return ENTRIES.get(op.name()) instanceof Entry.Constant constant && constant.op().equals(op);
  }

  private static Map<String, Entry> entries() {
    var entries = new TreeMap<String, Entry>();
    for (var function : UnaryFunction.values()) {
      put(entries, function.text(), new Entry.Constant(new Unary(function)));
    }
    for (var function : BinaryFunction.values()) {
      put(entries, function.text(), new Entry.Constant(new Binary(function)));
    }
    for (var type : Primitive.class.getPermittedSubclasses()) {
      if (type != Unary.class && type != Binary.class) {
        put(entries, snakeCase(type.getSimpleName()), family(type));
      }
    }
    COMPOSITES.forEach(type -> put(entries, snakeCase(type.getSimpleName()), family(type)));
    return java.util.Collections.unmodifiableMap(entries);
  }

  private static void put(Map<String, Entry> entries, String name, Entry entry) {
    if (entries.put(name, entry) != null) {
      throw new IllegalStateException("two ops are named " + name);
    }
  }

  private static Entry family(Class<?> type) {
    return new Entry.Family(type.asSubclass(Record.class));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
