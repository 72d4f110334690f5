package dev.weft.passes.cluster;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a spec need not say: a record with a constant {@code USUAL} of its own type may be left out,
 * whole or in part.
 */
final class Usual {
  private static final String NAME = "USUAL";

  private Usual() {}

  /** The usual value of a type; empty where it has none. */
  static Optional<Object> of(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.getName().equals(NAME))
        .filter(field -> field.getType().equals(type) && Modifier.isStatic(field.getModifiers()))
        .findFirst()
        .map(
            field -> {
              try {
                return field.get(null);
              } catch (IllegalAccessException e) {
                throw new IllegalStateException("a public constant", e);
              }
            });
  }

  /** A component of the usual value of its record; empty where the record has none. */
  static Optional<Object> part(RecordComponent component) {
    return of(component.getDeclaringRecord())
        .map(
            usual -> {
              try {
                return component.getAccessor().invoke(usual);
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("an accessor of a public record", e);
              }
            });
  }
}
