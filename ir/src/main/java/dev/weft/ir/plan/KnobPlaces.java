package dev.weft.ir.plan;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the knobs that say something of each place along a pipeline, joined by {@code /}: {@code
 * speed=1/0.5/1/2} and {@code memory=40GiB/16GiB/40GiB/80GiB}.
 */
final class KnobPlaces {
  /** Slower or faster places than these are taken for a mistake. */
  private static final BigDecimal SLOWEST = new BigDecimal("0.001");

  private static final BigDecimal FASTEST = new BigDecimal("1000");

  /** Messages do not write out the values of more places than this. */
  private static final int MOST_SHOWN = 64;

  private final KnobEntries entries;
  private final Consumer<Diagnostic> report;

  KnobPlaces(KnobEntries entries, Consumer<Diagnostic> report) {
    this.entries = entries;
    this.report = report;
  }

  /**
   * What is said of the places.
   *
   * @param degree the number of places
   */
  PlaceKnobs read(int degree) {
    return new PlaceKnobs(
        each("speed", degree, "1", this::speed), each("memory", degree, "40GiB", this::bytes));
  }

  private <T> List<T> each(
      String name, int degree, String usual, Function<Span, Optional<T>> reader) {
    var knob = entries.find(name);
    if (knob.isEmpty()) {
      return List.of();
    }
    if (knob.get().value().isEmpty()) {
      wrong(
          knob.get().name(),
          "`%s` needs a value for each place, such as `=%s`"
              .formatted(
                  name,
                  String.join("/", Collections.nCopies(Math.min(degree, MOST_SHOWN), usual))));
      return List.of();
    }
    var parts = entries.split(knob.get().place(), '/');
    var values = parts.stream().map(reader).toList();
    if (values.stream().anyMatch(Optional::isEmpty)) {
      return List.of();
    }
    if (parts.size() != degree && degree > 1) {
      miscounted(name, degree, knob.get().place(), parts);
    }
    return values.stream().flatMap(Optional::stream).toList();
  }

  /** The nearest legal value leaves out the last ones, or repeats the last one. */
  private void miscounted(String name, int degree, Span place, List<Span> parts) {
    var message =
        "`%s` has %d values for the %d places of pp=%d"
            .formatted(name, parts.size(), degree, degree);
    if (degree > MOST_SHOWN) {
      report.accept(Diagnostic.of(PlanCode.PLACE_COUNT, place, message));
      return;
    }
    var last = parts.getLast().text();
    var legal =
        Stream.concat(parts.stream().map(Span::text), Stream.generate(() -> last))
            .limit(degree)
            .collect(Collectors.joining("/"));
    var nearest = message + "; the nearest legal value is " + legal;
    report.accept(Diagnostic.of(PlanCode.PLACE_COUNT, place, nearest).fix(place, legal));
  }

  private Optional<Double> speed(Span text) {
    if (!text.text().matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      wrong(text, "`" + text.text() + "` is no speed; speeds are numbers such as `1` or `0.5`");
      return Optional.empty();
    }
    var number = new BigDecimal(text.text());
    var legal = number.max(SLOWEST).min(FASTEST);
    if (legal.compareTo(number) != 0) {
      wrong(
          text,
          "a speed is relative, from %s to %s, not `%s`; the nearest legal value is %s"
              .formatted(SLOWEST, FASTEST, text.text(), legal));
      return Optional.empty();
    }
    return Optional.of(number.doubleValue());
  }

  private Optional<Long> bytes(Span text) {
    var bytes = ByteSize.parse(text.text());
    if (bytes.isEmpty()) {
      wrong(
          text,
          "`"
              + text.text()
              + "` is no size; sizes are whole bytes such as `40GiB`, `512MiB`, `1000000`");
      return Optional.empty();
    }
    return Optional.of(bytes.getAsLong());
  }

  private void wrong(Span place, String message) {
    report.accept(Diagnostic.of(PlanCode.KNOB_VALUE, place, message));
  }
}
