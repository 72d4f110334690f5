package dev.weft.passes.cluster;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a record from an object whose keys are the record's components. What is optional in the
 * record may be absent; any object may have a {@code source}, which says where its numbers come
 * from. What a record's constructor refuses is reported at the object.
 */
final class RecordReader {
  private final Consumer<Diagnostic> report;
  private final Inheritance inheritance;

  RecordReader(Consumer<Diagnostic> report) {
    this.report = report;
    this.inheritance = new Inheritance(report);
  }

  /** A record; empty, and reported, where the value is none. */
  <T extends Record> Optional<T> read(Class<T> type, Json value) {
    return object(type, value).flatMap(object -> record(type, object));
  }

  private Optional<Json.Members> object(Class<?> type, Json value) {
    return SpecKind.of(type)
        .map(kind -> inheritance.resolve(kind, value))
        .orElseGet(() -> members(type, value));
  }

  private Optional<Json.Members> members(Class<?> type, Json value) {
    return value instanceof Json.Members members
        ? Optional.of(members)
        : Quantity.wrong(type.getSimpleName(), "an object", value, report);
  }

  private <T extends Record> Optional<T> record(Class<T> type, Json.Members object) {
    var components = Objects.requireNonNull(type.getRecordComponents());
    var fields = new Fields(object, keys(components), ClusterCode.JSON, report);
    fields.find(Quantity.SOURCE).ifPresent(_ -> fields.text(Quantity.SOURCE));
    var values = new ValueReader(this, report);
    var parts = Arrays.stream(components).map(c -> values.component(fields, c)).toList();
    return parts.stream().allMatch(Optional::isPresent)
        ? make(constructor(type, components), parts, object.span())
        : Optional.empty();
  }

  private static List<String> keys(RecordComponent[] components) {
    return Stream.concat(
            Arrays.stream(components).map(RecordComponent::getName), Stream.of(Quantity.SOURCE))
        .distinct()
        .toList();
  }

  private <T> Optional<T> make(Constructor<T> constructor, List<Optional<Object>> parts, Span at) {
    try {
      return Optional.of(constructor.newInstance(parts.stream().map(Optional::get).toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        var message = Objects.requireNonNullElse(refused.getMessage(), "these values cannot be");
        report.accept(Diagnostic.of(ClusterCode.VALUE, at, message));
        return Optional.empty();
      }
      throw new IllegalStateException("a spec's constructor failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a spec is a public record", e);
    }
  }

  private static <T extends Record> Constructor<T> constructor(
      Class<T> type, RecordComponent[] components) {
    try {
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a spec is a public record", e);
    }
  }
}
