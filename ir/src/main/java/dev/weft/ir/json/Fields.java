package dev.weft.ir.json;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The members of a JSON object with known keys. A value that is absent or of the wrong kind is
 * reported and answered by an empty optional.
 */
public final class Fields {
  private final Json.Members object;
  private final JsonCodes codes;
  private final Consumer<Diagnostic> report;
  private final Map<String, Json> values = new LinkedHashMap<>();

  /** Reports unknown and repeated keys at once. */
  public Fields(
      Json.Members object, List<String> known, JsonCodes codes, Consumer<Diagnostic> report) {
    this.object = object;
    this.codes = codes;
    this.report = report;
    for (var member : object.members()) {
      if (!known.contains(member.key())) {
        report.accept(unknown(member, known));
      } else if (values.putIfAbsent(member.key(), member.value()) != null) {
        report.accept(repeated(member));
      }
    }
  }

  /** A value of any kind; absent without a report. */
  public Optional<Json> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Where a value stands, or the whole object where it is absent. */
  public Span place(String key) {
    return find(key).map(Json::span).orElse(object.span());
  }

  public void require(String... keys) {
    for (var key : keys) {
      if (!values.containsKey(key)) {
        int start = object.span().start();
        var brace = new Span(object.span().source(), start, start + 1);
        report.accept(
            Diagnostic.of(codes.missingKey(), brace, "this object needs the key \"" + key + "\""));
      }
    }
  }

  public OptionalInt integer(String key) {
    return find(key).map(value -> integer(key, value)).orElse(OptionalInt.empty());
  }

  public Optional<String> text(String key) {
    return find(key)
        .flatMap(
            value ->
                value instanceof Json.Text(Span _, String text)
                    ? Optional.of(text)
                    : wrong("\"" + key + "\"", "a text", value));
  }

  public Optional<Json.Members> members(String key) {
    return find(key)
        .flatMap(
            value ->
                value instanceof Json.Members members
                    ? Optional.of(members)
                    : wrong("\"" + key + "\"", "an object", value));
  }

  public List<Json> items(String key) {
    return find(key)
        .flatMap(
            value ->
                value instanceof Json.Items items
                    ? Optional.of(items.items())
                    : this.<List<Json>>wrong("\"" + key + "\"", "a list", value))
        .orElse(List.of());
  }

  /** A text that is one of several names. */
  public Optional<String> oneOf(String key, List<String> names) {
    return find(key).flatMap(value -> oneOf(key, value, names));
  }

  public Optional<String> oneOf(String key, Json value, List<String> names) {
    if (!(value instanceof Json.Text(Span span, String text))) {
      return wrong("\"" + key + "\"", "one of " + String.join(", ", names), value);
    }
    if (names.contains(text)) {
      return Optional.of(text);
    }
    var message =
        "\"" + key + "\" is one of " + String.join(", ", names) + ", not \"" + text + "\"";
    var diagnostic = Diagnostic.of(codes.unknownChoice(), span, message);
    report.accept(
        Suggestions.closest(text, names)
            .map(meant -> diagnostic.note("did you mean \"" + meant + "\"?"))
            .orElse(diagnostic));
    return Optional.empty();
  }

  /** The texts of a list; what is no text is reported and left out. */
  public List<String> texts(String key) {
    return items(key).stream()
        .flatMap(
            item ->
                item instanceof Json.Text(Span _, String text)
                    ? Optional.of(text).stream()
                    : this.<String>wrong("an entry of \"" + key + "\"", "a text", item).stream())
        .toList();
  }

  /** An integer that may be greater than a number of devices. */
  public OptionalLong count(String key) {
    var value = find(key);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      if (value.get() instanceof Json.Literal(Span span) && span.text().matches("-?[0-9]+")) {
        return OptionalLong.of(Long.parseLong(span.text()));
      }
    } catch (NumberFormatException e) {
      // Reported below like any other wrong value.
    }
    wrong("\"" + key + "\"", "an integer", value.get());
    return OptionalLong.empty();
  }

  public OptionalInt integer(String key, Json value) {
    try {
      if (value instanceof Json.Literal(Span span) && span.text().matches("-?[0-9]+")) {
        return OptionalInt.of(Integer.parseInt(span.text()));
      }
    } catch (NumberFormatException e) {
      // Too great for a number of devices or pieces: reported below like any other wrong value.
    }
    wrong("\"" + key + "\"", "an integer", value);
    return OptionalInt.empty();
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> truth(String key) {
    return find(key)
        .flatMap(
            value ->
                value instanceof Json.Literal(Span span) && span.text().matches("true|false")
                    ? Optional.of(Boolean.valueOf(span.text()))
                    : wrong("\"" + key + "\"", "true or false", value));
  }

  public <T> Optional<T> wrong(String what, String expected, Json found) {
    report.accept(
        Diagnostic.of(
            codes.wrongType(),
            found.span(),
            what + " must be " + expected + ", not " + found.described()));
    return Optional.empty();
  }

  private Diagnostic unknown(Json.Member member, List<String> known) {
    var message = "there is no key \"" + member.key() + "\" here";
    var diagnostic = Diagnostic.of(codes.unknownKey(), member.keySpan(), message);
    return Suggestions.closest(member.key(), known)
        .map(meant -> diagnostic.note("did you mean \"" + meant + "\"?"))
        .orElseGet(() -> diagnostic.note("the keys here are " + String.join(", ", known)));
  }

  private Diagnostic repeated(Json.Member member) {
    var message = "the key \"" + member.key() + "\" is given twice";
    return Diagnostic.of(codes.repeatedKey(), member.keySpan(), message);
  }
}
