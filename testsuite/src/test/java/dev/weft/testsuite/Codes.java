package dev.weft.testsuite;

import dev.weft.ir.source.Code;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of diagnostic of every module. */
public final class Codes {
  private Codes() {}

  /** The enums of codes, in the order of their first identifiers. */
  public static List<Class<?>> enums() {
    return CompiledClass.ofProduct().stream()
        .filter(c -> c.uses().contains(Code.class.getName()))
        .<Class<?>>map(c -> load(c.name()))
        .filter(type -> type.isEnum() && Code.class.isAssignableFrom(type))
        .sorted(Comparator.comparing(type -> constants(type).getFirst().id()))
        .toList();
  }

  /** All codes, in the order of their enums. */
  public static List<Code> all() {
    return enums().stream().flatMap(type -> constants(type).stream()).toList();
  }

  /** The codes of an enum, as they are declared. */
  public static List<Code> constants(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(Code.class::cast).toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class that was just read from its file", e);
    }
  }
}
