package dev.weft.ir.plan;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the knobs whose values are names or sizes: from {@code schedule} to {@code prefetch}. */
final class KnobChoices {
  private static final String BUDGET = "budget";
  private static final String PEAK = "peak";

  private final KnobEntries entries;
  private final Consumer<Diagnostic> report;

  KnobChoices(KnobEntries entries, Consumer<Diagnostic> report) {
    this.entries = entries;
    this.report = report;
  }

  /** A schedule's name, or the file of a table: whatever has a dot or a slash. */
  Optional<ScheduleChoice> schedule() {
    return entries
        .find("schedule")
        .flatMap(
            knob -> {
              var text = knob.value().map(Span::text).orElse("");
              var kind = ScheduleKind.of(text);
              if (kind.isPresent()) {
                return kind.map(k -> new ScheduleChoice.Given(new SchedulePlan.Named(k)));
              }
              if (text.matches(".*[./\\\\].*")) {
                return Optional.of(new ScheduleChoice.InFile(text));
              }
              var names = Arrays.stream(ScheduleKind.values()).map(ScheduleKind::text).toList();
              wrong(knob, "a schedule", names, "a file such as `table.txt` or `./table`");
              return Optional.empty();
            });
  }

  RematPlan remat() {
    var knob = entries.find("remat");
    var text = knob.flatMap(KnobEntries.Knob::value).map(Span::text).orElse("");
    if (text.startsWith(BUDGET + ":")) {
      var size = text.substring(BUDGET.length() + 1);
      return new RematPlan.Budget(size(knob.orElseThrow().place(), size));
    }
    var named = RematNames.of(text);
    if (knob.isPresent() && named.isEmpty()) {
      wrong(knob.get(), "a policy", RematNames.SIMPLE, "`budget:SIZE` such as `budget:40GiB`");
    }
    return named.orElse(new RematPlan.None());
  }

  private long size(Span place, String text) {
    var size = text.strip();
    var bytes = ByteSize.parse(size);
    if (bytes.isEmpty()) {
      var message =
          "`" + size + "` is no size; sizes are whole bytes such as `40GiB`, `512MiB`, `1000000`";
      report.accept(Diagnostic.of(PlanCode.KNOB_VALUE, place, message));
    }
    return bytes.orElse(1);
  }

  /** A size, or {@code peak:SIZE}; of use where weights lie on the host alone. */
  CachePlan cache(Set<Offload> offload) {
    var knob = entries.find("cache");
    if (knob.isEmpty()) {
      return new CachePlan.None();
    }
    if (!offload.contains(Offload.PARAMS)) {
      report.accept(Diagnostic.of(PlanCode.CACHE, knob.get().whole(), CacheReader.NEEDS_PARAMS));
    }
    var text = knob.get().value().map(Span::text).orElse("");
    boolean isPeak = text.startsWith(PEAK + ":");
    long bytes = size(knob.get().place(), isPeak ? text.substring(PEAK.length() + 1) : text);
    return isPeak ? new CachePlan.Peak(bytes) : new CachePlan.Size(bytes);
  }

  /** Several are joined by {@code +}. */
  Set<Offload> offload() {
    var found = EnumSet.noneOf(Offload.class);
    entries
        .find("offload")
        .ifPresent(
            knob -> {
              var text = knob.value().map(Span::text).orElse("");
              for (var part : text.split("\\+", -1)) {
                var name = part.strip();
                Arrays.stream(Offload.values())
                    .filter(o -> o.text().equals(name))
                    .findFirst()
                    .ifPresentOrElse(found::add, () -> wrongOffload(knob, name));
              }
            });
    return found;
  }

  Prefetch prefetch() {
    return entries.find("prefetch").map(this::prefetch).orElse(Prefetch.ON);
  }

  private Prefetch prefetch(KnobEntries.Knob knob) {
    var text = knob.value().map(Span::text).orElse("");
    var found = Arrays.stream(Prefetch.values()).filter(p -> p.text().equals(text)).findFirst();
    if (found.isEmpty()) {
      var message = "`prefetch` is `on` or `off`, not `" + text + "`";
      report.accept(Diagnostic.of(PlanCode.KNOB_VALUE, knob.place(), message));
    }
    return found.orElse(Prefetch.ON);
  }

  private void wrongOffload(KnobEntries.Knob knob, String name) {
    var names = Arrays.stream(Offload.values()).map(Offload::text).toList();
    report(knob.place(), name, "`offload` is", names, "several joined by `+`");
  }

  private void wrong(KnobEntries.Knob knob, String what, List<String> names, String or) {
    var text = knob.value().map(Span::text).orElse("");
    report(knob.place(), text, "`" + knob.name().text() + "` needs " + what + ":", names, or);
  }

  private void report(Span place, String found, String needs, Collection<String> names, String or) {
    var message = needs + " " + String.join(", ", names) + ", or " + or + "; not `" + found + "`";
    var diagnostic = Diagnostic.of(PlanCode.KNOB_VALUE, place, message);
    report.accept(
        Suggestions.closest(found, names)
            .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
            .orElse(diagnostic));
  }
}
