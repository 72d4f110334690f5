package dev.weft.passes.cluster;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A number of a spec: alone, or as {@code {"value": 1.5e12, "source": "…"}}. */
final class Quantity {
  static final String VALUE = "value";
  static final String SOURCE = "source";

  private Quantity() {}

  /** Whether an object is a number with its source. */
  static boolean isOne(Json.Members object) {
    return object.find(VALUE).isPresent();
  }

  /** The number; empty, and reported, where there is none. */
  static Optional<BigDecimal> read(String key, Json value, Consumer<Diagnostic> report) {
    if (value instanceof Json.Members object && isOne(object)) {
      var fields = new Fields(object, List.of(VALUE, SOURCE), ClusterCode.JSON, report);
      fields.require(SOURCE);
      fields.text(SOURCE);
      return fields.find(VALUE).flatMap(number -> plain(key, number, report));
    }
    return plain(key, value, report);
  }

  private static Optional<BigDecimal> plain(String key, Json value, Consumer<Diagnostic> report) {
    if (value instanceof Json.Literal(Span span) && isNumber(span.text())) {
      return Optional.of(new BigDecimal(span.text()));
    }
    return wrong(key, "a number", value, report);
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
  }

  static <T> Optional<T> wrong(
      String key, String expected, Json found, Consumer<Diagnostic> report) {
    var message = "\"" + key + "\" must be " + expected + ", not " + found.described();
    report.accept(Diagnostic.of(ClusterCode.WRONG_TYPE, found.span(), message));
    return Optional.empty();
  }
}
