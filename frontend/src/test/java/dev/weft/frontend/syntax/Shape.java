package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** A syntax tree as text without places and comments: equal shapes are equal trees modulo spans. */
final class Shape {
  private Shape() {}

  static String of(Object node) {
    return switch (node) {
      case Name name -> name.text();
      case Optional<?> optional -> optional.map(Shape::of).orElse("-");
      case Collection<?> items ->
          items.stream().map(Shape::of).collect(Collectors.joining(", ", "[", "]"));
      case Record record -> node.getClass().getSimpleName() + "(" + components(record) + ")";
      default -> node.toString();
    };
  }

  private static String components(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .filter(c -> c.getType() != Span.class && c.getType() != Source.class)
        .filter(c -> !c.getName().equals("comments"))
        .map(c -> of(value(record, c)))
        .collect(Collectors.joining(", "));
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
