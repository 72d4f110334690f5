package dev.weft.passes.cluster;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads the value of a record's component by the component's Java type. */
final class ValueReader {
  /** A count that has no end. */
  private static final String UNBOUNDED = "unbounded";

  private final RecordReader records;
  private final Consumer<Diagnostic> report;

  ValueReader(RecordReader records, Consumer<Diagnostic> report) {
    this.records = records;
    this.report = report;
  }

  /**
   * The component's value; where the key is absent, an empty optional of its own if the component
   * is optional, else what is usual.
   */
  Optional<Object> component(Fields fields, RecordComponent component) {
    var key = component.getName();
    var type = component.getGenericType();
    var value = fields.find(key);
    if (value.isPresent()) {
      return read(key, type, value.get());
    }
    var absent = absent(raw(type)).or(() -> Usual.part(component)).or(() -> Usual.of(raw(type)));
    if (absent.isEmpty()) {
      fields.require(key);
    }
    return absent;
  }

  private static Optional<Object> absent(Class<?> type) {
    if (type == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (type == OptionalInt.class) {
      return Optional.of(OptionalInt.empty());
    }
    if (type == OptionalLong.class) {
      return Optional.of(OptionalLong.empty());
    }
    return type == OptionalDouble.class ? Optional.of(OptionalDouble.empty()) : Optional.empty();
  }

  private Optional<Object> read(String key, Type type, Json value) {
    var raw = raw(type);
    if (raw == Optional.class) {
      return read(key, argument(type, 0), value).map(Optional::of);
    }
    if (raw == List.class) {
      return list(key, argument(type, 0), value);
    }
    if (raw == Map.class) {
      return map(key, argument(type, 1), value);
    }
    if (raw.isRecord()) {
      return records.read(raw.asSubclass(Record.class), value).map(found -> found);
    }
    if (raw.isEnum()) {
      return constant(key, raw, value);
    }
    if (raw == String.class) {
      return value instanceof Json.Text(Span _, String text)
          ? Optional.of(text)
          : Quantity.wrong(key, "a text", value, report);
    }
    if (raw == boolean.class) {
      return value instanceof Json.Literal(Span span) && span.text().matches("true|false")
          ? Optional.of(Boolean.valueOf(span.text()))
          : Quantity.wrong(key, "true or false", value, report);
    }
    if (raw == int.class
        && value instanceof Json.Text(Span _, String text)
        && text.equals(UNBOUNDED)) {
      return Optional.of(Integer.MAX_VALUE);
    }
    return Quantity.read(key, value, report).flatMap(n -> number(key, raw, n, value));
  }

  private Optional<Object> number(String key, Class<?> type, BigDecimal number, Json value) {
    if (type == double.class || type == Double.class) {
      return Optional.of(number.doubleValue());
    }
    if (type == OptionalDouble.class) {
      return Optional.of(OptionalDouble.of(number.doubleValue()));
    }
    try {
      if (type == long.class) {
        return Optional.of(number.longValueExact());
      }
      if (type == OptionalLong.class) {
        return Optional.of(OptionalLong.of(number.longValueExact()));
      }
      if (type == int.class) {
        return Optional.of(number.intValueExact());
      }
      if (type == OptionalInt.class) {
        return Optional.of(OptionalInt.of(number.intValueExact()));
      }
    } catch (ArithmeticException _) {
      return Quantity.wrong(key, "a whole number that can be counted", value, report);
    }
    throw new IllegalStateException("a spec has no numbers of " + type);
  }

  /** A constant by its name in lower case, words joined by a hyphen. */
  private Optional<Object> constant(String key, Class<?> type, Json value) {
    var constants = new LinkedHashMap<String, Object>();
    for (var constant : type.getEnumConstants()) {
      constants.put(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    var names = List.copyOf(constants.keySet());
    var holder = new Json.Members(value.span(), List.of(new Json.Member(value.span(), key, value)));
    return new Fields(holder, List.of(key), ClusterCode.JSON, report)
        .oneOf(key, value, names)
        .flatMap(name -> Optional.ofNullable(constants.get(name)));
  }

  private Optional<Object> list(String key, Type type, Json value) {
    if (!(value instanceof Json.Items(Span _, List<Json> items))) {
      return Quantity.wrong(key, "a list", value, report);
    }
    var found = new ArrayList<Object>();
    items.forEach(item -> read(key, type, item).ifPresent(found::add));
    return found.size() == items.size() ? Optional.of(found) : Optional.empty();
  }

  private Optional<Object> map(String key, Type type, Json value) {
    if (!(value instanceof Json.Members object)) {
      return Quantity.wrong(key, "an object", value, report);
    }
    var keys = object.members().stream().map(Json.Member::key).distinct().toList();
    var fields = new Fields(object, keys, ClusterCode.JSON, report);
    var found = new LinkedHashMap<String, Object>();
    for (var name : keys) {
      if (!name.equals(Quantity.SOURCE)) {
        fields.find(name).flatMap(v -> read(name, type, v)).ifPresent(v -> found.put(name, v));
      }
    }
    long expected = keys.stream().filter(name -> !name.equals(Quantity.SOURCE)).count();
    return found.size() == expected
        ? Optional.of(Collections.unmodifiableMap(found))
        : Optional.empty();
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException("a spec has no components of " + type);
    };
  }
}
