package dev.weft.ir.plan;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The entries {@code name=value} of a text of knobs; unknown and repeated ones are reported. */
final class KnobEntries {
  private static final List<String> KNOWN =
      List.of(
          "pp",
          "chunks",
          "schedule",
          "speed",
          "memory",
          "dp",
          "tp",
          "sp",
          "ep",
          "etp",
          "micro",
          "remat",
          "zero",
          "hybrid",
          "offload",
          "cache",
          "prefetch");

  /** Usual knobs of other systems which this version does not offer, and what they mean. */
  private static final Map<String, String> LATER = Map.of("cp", "context parallelism");

  /** What knobs of other systems are called here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("vp", "chunks", "vpp", "chunks", "recompute", "remat", "fsdp", "zero");

  private final Source source;
  private final Consumer<Diagnostic> report;
  private final Map<String, Knob> knobs = new LinkedHashMap<>();

  /** A knob as it is written; {@code sp} may stand without a value. */
  record Knob(Span name, Optional<Span> value) {
    Span whole() {
      return value.map(name::to).orElse(name);
    }

    /** What a message about the value underlines. */
    Span place() {
      return value.orElse(name);
    }
  }

  KnobEntries(Source source, Consumer<Diagnostic> report) {
    this.source = source;
    this.report = report;
    int start = 0;
    var text = source.text();
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      entry(trimmed(start, end));
      start = end + 1;
    }
  }

  Optional<Knob> find(String name) {
    return Optional.ofNullable(knobs.get(name));
  }

  /** The value of a knob as it is written; empty where the knob or its value is absent. */
  Optional<Span> value(String name) {
    return find(name).flatMap(Knob::value);
  }

  Span whole() {
    return source.whole();
  }

  private void entry(Span entry) {
    int equals = entry.text().indexOf('=');
    var name = equals < 0 ? entry : trimmed(entry.start(), entry.start() + equals);
    var value =
        equals < 0
            ? Optional.<Span>empty()
            : Optional.of(trimmed(entry.start() + equals + 1, entry.end()));
    if (name.text().isEmpty()) {
      report.accept(
          Diagnostic.of(PlanCode.KNOB_SYNTAX, entry, "expected a knob here, such as `dp=2`"));
    } else if (!KNOWN.contains(name.text())) {
      report.accept(unknown(name));
    } else if (find(name.text()).isPresent()) {
      report.accept(repeated(name));
    } else {
      knobs.put(name.text(), new Knob(name, value));
    }
  }

  private Diagnostic repeated(Span name) {
    var message = "`" + name.text() + "` is given twice";
    return Diagnostic.of(PlanCode.REPEATED_KNOB, name, message)
        .note(find(name.text()).map(Knob::whole).orElse(Span.NONE), "first here");
  }

  private static Diagnostic unknown(Span name) {
    if (LATER.containsKey(name.text())) {
      var message = "`" + name.text() + "` (" + LATER.get(name.text()) + ") is not in this version";
      return Diagnostic.of(PlanCode.UNKNOWN_KNOB, name, message);
    }
    var diagnostic =
        Diagnostic.of(PlanCode.UNKNOWN_KNOB, name, "there is no knob `" + name.text() + "`");
    return Optional.ofNullable(ELSEWHERE.get(name.text()))
        .or(() -> Suggestions.closest(name.text(), KNOWN))
        .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
        .orElse(diagnostic);
  }

  /** The parts of a value between separators, without the blanks around them. */
  List<Span> split(Span value, char separator) {
    var parts = new ArrayList<Span>();
    int start = value.start();
    for (int i = value.start(); i <= value.end(); i++) {
      if (i == value.end() || source.text().charAt(i) == separator) {
        parts.add(trimmed(start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  private Span trimmed(int start, int end) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(source.text().charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(source.text().charAt(to - 1))) {
      to--;
    }
    return new Span(source, from, to);
  }
}
