package dev.weft.passes.cluster;

import dev.weft.ir.json.Json;
import dev.weft.ir.json.JsonReader;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a whole object where a spec has a name, or is {@code like} another one:
 *
 * <pre>{@code
 * "a100-sxm4-80"                                    that spec
 * { "like": "a100-sxm4-80", "memoryBytes": 40e9 }   that spec with another memory
 * }</pre>
 *
 * <p>What the object itself gives wins; objects within it are merged key by key, lists and numbers
 * replaced, and {@code null} takes a key away.
 */
final class Inheritance {
  static final String LIKE = "like";

  private final Consumer<Diagnostic> report;

  Inheritance(Consumer<Diagnostic> report) {
    this.report = report;
  }

  /** The object that a value stands for; empty, and reported, where there is none. */
  Optional<Json.Members> resolve(SpecKind kind, Json value) {
    return resolve(kind, value, List.of());
  }

  private Optional<Json.Members> resolve(SpecKind kind, Json value, List<String> path) {
    return switch (value) {
      case Json.Text(Span span, String name) -> named(kind, span, name, path);
      case Json.Members object -> object(kind, object, path);
      default -> {
        var message =
            "a " + kind.text() + " is an object or the name of one, not " + value.described();
        report.accept(Diagnostic.of(ClusterCode.WRONG_TYPE, value.span(), message));
        yield Optional.empty();
      }
    };
  }

  private Optional<Json.Members> named(SpecKind kind, Span span, String name, List<String> path) {
    if (path.contains(name)) {
      throw new IllegalStateException(
          "the shipped " + kind.text() + " " + name + " is like itself");
    }
    var source = ShippedSpecs.find(kind, name);
    if (source.isEmpty()) {
      report.accept(unknown(kind, span, name));
      return Optional.empty();
    }
    var json = JsonReader.read(source.get(), ClusterCode.JSON);
    json.diagnostics().forEach(report);
    var longer = new ArrayList<>(path);
    longer.add(name);
    return json.value().flatMap(found -> resolve(kind, found, longer));
  }

  private static Diagnostic unknown(SpecKind kind, Span span, String name) {
    var names = ShippedSpecs.names(kind);
    var message = "there is no " + kind.text() + " \"" + name + "\"";
    var diagnostic = Diagnostic.of(ClusterCode.UNKNOWN_SPEC, span, message);
    return Suggestions.closest(name, names)
        .map(meant -> diagnostic.note("did you mean \"" + meant + "\"?"))
        .orElseGet(() -> diagnostic.note("there are " + String.join(", ", names)));
  }

  private Optional<Json.Members> object(SpecKind kind, Json.Members object, List<String> path) {
    var like = object.find(LIKE);
    if (like.isEmpty()) {
      return Optional.of(object);
    }
    if (!(like.get() instanceof Json.Text(Span span, String name))) {
      var message =
          "\"like\" must be the name of a " + kind.text() + ", not " + like.get().described();
      report.accept(Diagnostic.of(ClusterCode.WRONG_TYPE, like.get().span(), message));
      return Optional.empty();
    }
    return named(kind, span, name, path).map(other -> merge(other, object));
  }

  private static Json.Members merge(Json.Members other, Json.Members own) {
    var members = new ArrayList<Json.Member>();
    for (var member : other.members()) {
      var over = own.find(member.key());
      if (over.isEmpty()) {
        members.add(member);
      }
    }
    for (var member : own.members()) {
      if (!member.key().equals(LIKE) && !isNothing(member.value())) {
        members.add(merge(other, member));
      }
    }
    return new Json.Members(own.span(), members);
  }

  private static Json.Member merge(Json.Members other, Json.Member own) {
    if (own.value() instanceof Json.Members object
        && other.find(own.key()).orElse(own.value()) instanceof Json.Members inherited
        && !Quantity.isOne(object)
        && !Quantity.isOne(inherited)
        && object.find(LIKE).isEmpty()) {
      return new Json.Member(own.keySpan(), own.key(), merge(inherited, object));
    }
    return own;
  }

  private static boolean isNothing(Json value) {
    return value instanceof Json.Literal literal && literal.span().text().equals("null");
  }
}
