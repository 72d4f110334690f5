package dev.weft.ir.json;

import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/** A JSON value with its place in the text. */
public sealed interface Json {
  Span span();

  /** What a message calls it. */
  default String described() {
    return switch (this) {
      case Members _ -> "an object";
      case Items _ -> "a list";
      case Text text -> "the text \"" + text.value() + "\"";
      case Literal literal -> "`" + literal.span().text() + "`";
    };
  }

  /** Whether it is a list of nothing. */
  default boolean isEmptyList() {
    return this instanceof Items list && list.items().isEmpty();
  }

  /** The value of a key, the first if it is given twice. */
  default Optional<Json> find(String key) {
    return this instanceof Members object
        ? object.members().stream().filter(m -> m.key().equals(key)).map(Member::value).findFirst()
        : Optional.empty();
  }

  /** An object, in the order of the text; a key may occur twice. */
  record Members(Span span, List<Member> members) implements Json {
    public Members {
      members = List.copyOf(members);
    }
  }

  /** A key and its value. */
  record Member(Span keySpan, String key, Json value) {}

  record Items(Span span, List<Json> items) implements Json {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Text(Span span, String value) implements Json {}

  /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
  record Literal(Span span) implements Json {}
}
