package dev.weft.ir.plan;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads knobs such as {@code dp=2,tp=4,sp,micro=4,zero=1}; blanks do not matter. */
public final class KnobsParser {
  private static final List<String> KNOWN = List.of("dp", "tp", "sp", "micro", "zero");

  /** Usual knobs of other systems which this version does not offer, and what they mean. */
  private static final Map<String, String> LATER =
      Map.of(
          "pp", "pipeline parallelism",
          "vp", "interleaved pipeline stages",
          "cp", "context parallelism",
          "ep", "expert parallelism",
          "recompute", "rematerialization");

  private final Source source;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, Knob> knobs = new LinkedHashMap<>();

  /** A knob as it is written; {@code sp} may stand without a value. */
  private record Knob(Span name, Optional<Span> value) {
    Span whole() {
      return value.map(name::to).orElse(name);
    }
  }

  private KnobsParser(Source source) {
    this.source = source;
  }

  /** The knobs of a text; absent when anything in it is wrong. */
  public static Checked<Knobs> parse(Source source) {
    return new KnobsParser(source).parse();
  }

  private Checked<Knobs> parse() {
    int start = 0;
    var text = source.text();
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      entry(trimmed(start, end));
      start = end + 1;
    }
    int dp = positive("dp");
    int tp = positive("tp");
    var made = new Knobs(dp, tp, sequence(tp), positive("micro"), level());
    requireCountable(dp, tp);
    return diagnostics.isEmpty() ? Checked.ok(made) : Checked.failed(diagnostics);
  }

  private void entry(Span entry) {
    int equals = entry.text().indexOf('=');
    var name = equals < 0 ? entry : trimmed(entry.start(), entry.start() + equals);
    var value =
        equals < 0
            ? Optional.<Span>empty()
            : Optional.of(trimmed(entry.start() + equals + 1, entry.end()));
    if (name.text().isEmpty()) {
      report(PlanCode.KNOB_SYNTAX, entry, "expected a knob here, such as `dp=2`");
    } else if (!KNOWN.contains(name.text())) {
      diagnostics.add(unknown(name));
    } else if (find(name.text()).isPresent()) {
      diagnostics.add(repeated(name));
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
    return Suggestions.closest(name.text(), KNOWN)
        .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
        .orElse(diagnostic);
  }

  private int positive(String name) {
    return integer(name, 1, 1);
  }

  private int integer(String name, int least, int absent) {
    var knob = find(name);
    if (knob.isEmpty()) {
      return absent;
    }
    var number = knob.get().value().map(KnobsParser::digits).orElse(OptionalInt.empty());
    if (number.isPresent() && number.getAsInt() >= least) {
      return number.getAsInt();
    }
    var found = knob.get().value().map(v -> "not `" + v.text() + "`").orElse("such as `=2`");
    var place = knob.get().value().orElse(knob.get().name());
    report(
        PlanCode.KNOB_VALUE,
        place,
        "`" + name + "` needs an integer of at least " + least + ", " + found);
    return absent;
  }

  private Optional<Knob> find(String name) {
    return Optional.ofNullable(knobs.get(name));
  }

  private static OptionalInt digits(Span value) {
    try {
      return value.text().matches("[0-9]+")
          ? OptionalInt.of(Integer.parseInt(value.text()))
          : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** The optimizer sharding level: 0 or 1. */
  private int level() {
    int level = integer("zero", 0, 0);
    if (level > 1) {
      var place = find("zero").flatMap(Knob::value).orElse(source.whole());
      diagnostics.add(
          Diagnostic.of(
                  PlanCode.OPTIMIZER_LEVEL,
                  place,
                  "`zero=" + level + "` is not in this version; the nearest legal level is 1")
              .fix(place, "1"));
      return 1;
    }
    return level;
  }

  private boolean sequence(int tp) {
    var knob = find("sp");
    if (knob.isEmpty()) {
      return false;
    }
    var value = knob.get().value().map(Span::text).orElse("true");
    if (!value.equals("true") && !value.equals("false")) {
      var message = "`sp` is `true` or `false`, not `" + value + "`";
      report(PlanCode.KNOB_VALUE, knob.get().whole(), message);
      return false;
    }
    boolean on = value.equals("true");
    if (on && tp == 1) {
      report(PlanCode.SEQUENCE_WITHOUT_TENSOR, knob.get().whole(), "`sp` needs `tp` of at least 2");
    }
    return on;
  }

  private void requireCountable(int dp, int tp) {
    if ((long) dp * tp > Integer.MAX_VALUE) {
      var message = dp + " replicas of " + tp + " devices are too many";
      report(PlanCode.TOO_MANY_DEVICES, source.whole(), message);
    }
  }

  private void report(PlanCode code, Span span, String message) {
    diagnostics.add(Diagnostic.of(code, span, message));
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
