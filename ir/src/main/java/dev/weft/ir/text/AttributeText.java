package dev.weft.ir.text;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the components of an op's record; {@link AttributeReader} reads them. */
final class AttributeText {
  private AttributeText() {}

  /** Such as {@code {axis=vocab, offset=[tp]}}; empty where there is nothing to say. */
  static String of(Record record, Set<String> implied) {
    var components =
        Arrays.stream(record.getClass().getRecordComponents())
            .filter(component -> !implied.contains(component.getName()))
            .toList();
    return components.isEmpty()
        ? ""
        : components.stream()
            .map(component -> component.getName() + "=" + value(get(record, component)))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(Object value) {
    return switch (value) {
      case String text -> Spelling.name(text);
      case Long number -> Long.toString(number);
      case Integer number -> Integer.toString(number);
      case Double number -> Spelling.number(number);
      case Enum<?> constant -> Spelling.constant(constant);
      case Dim dim -> TypeText.of(dim);
      case TensorType type -> TypeText.of(type);
      case Sharding sharding -> TypeText.of(sharding);
      case List<?> list -> TypeText.list(list, AttributeText::value);
      case Record record -> of(record, Set.of());
      default -> throw new IllegalStateException("no text form for " + value.getClass());
    };
  }

  private static Object get(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("component " + component + " of " + record, e);
    }
  }
}
