package dev.weft.ir.plan;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads knobs such as {@code pp=2,dp=2,tp=4,sp,micro=4,zero=1}; blanks do not matter. {@code
 * docs/plan.md} has all of them.
 */
public final class KnobsParser {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final KnobEntries entries;
  private final KnobChoices choices;
  private final KnobPlaces places;

  private KnobsParser(Source source) {
    entries = new KnobEntries(source, diagnostics::add);
    choices = new KnobChoices(entries, diagnostics::add);
    places = new KnobPlaces(entries, diagnostics::add);
  }

  /** The knobs of a text; absent when anything in it is wrong. */
  public static Checked<Knobs> parse(Source source) {
    return new KnobsParser(source).parse();
  }

  private Checked<Knobs> parse() {
    int dp = positive("dp");
    int tp = positive("tp");
    int zero = level();
    var offload = choices.offload();
    var made =
        new Knobs(
            dp,
            tp,
            sequence(tp),
            positive("micro"),
            zero,
            hybrid(dp, zero),
            experts(dp, tp),
            pipeline(),
            choices.remat(),
            offload,
            choices.cache(offload),
            choices.prefetch());
    requireCountable(made);
    return diagnostics.isEmpty() ? Checked.ok(made) : Checked.failed(diagnostics);
  }

  private int positive(String name) {
    return integer(name, 1, 1);
  }

  private int integer(String name, int least, int absent) {
    var knob = entries.find(name);
    if (knob.isEmpty()) {
      return absent;
    }
    var number = knob.get().value().map(KnobsParser::digits).orElse(OptionalInt.empty());
    if (number.isPresent() && number.getAsInt() >= least) {
      return number.getAsInt();
    }
    var found = knob.get().value().map(v -> "not `" + v.text() + "`").orElse("such as `=2`");
    report(
        PlanCode.KNOB_VALUE,
        knob.get().place(),
        "`" + name + "` needs an integer of at least " + least + ", " + found);
    return absent;
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

  /** The optimizer sharding level: 0 to 3. */
  private int level() {
    int level = integer("zero", 0, 0);
    int greatest = OptimizerSharding.GREATEST_LEVEL;
    if (level > greatest) {
      var place = entries.value("zero").orElse(entries.whole());
      var message = "`zero=" + level + "` does not exist; the nearest legal level is " + greatest;
      diagnostics.add(
          Diagnostic.of(PlanCode.OPTIMIZER_LEVEL, place, message)
              .fix(place, Integer.toString(greatest)));
      return greatest;
    }
    return level;
  }

  private boolean sequence(int tp) {
    var knob = entries.find("sp");
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

  private OptionalInt hybrid(int dp, int zero) {
    var knob = entries.find("hybrid");
    int before = diagnostics.size();
    int shares = positive("hybrid");
    if (knob.isEmpty() || diagnostics.size() > before) {
      return OptionalInt.empty();
    }
    if (zero == 0) {
      var message =
          "`hybrid` says where the optimizer's shares lie, and needs `zero` of at least 1";
      report(PlanCode.HYBRID, knob.get().whole(), message);
    } else if (dp % shares != 0) {
      var message =
          "`hybrid=%d` does not divide dp=%d; the nearest legal value is %d"
              .formatted(shares, dp, Divisors.nearest(dp, shares));
      report(PlanCode.HYBRID, knob.get().place(), message);
    }
    return OptionalInt.of(shares);
  }

  /** Experts lie among replicas, and with {@code etp=1} among the devices of each of them too. */
  private ExpertKnobs experts(int dp, int tp) {
    int degree = positive("ep");
    int tensor = integer("etp", 1, tp);
    var knob = entries.find("ep");
    if (knob.isEmpty()) {
      requireExperts("etp");
      return ExpertKnobs.none(tp);
    }
    if (tensor != tp && tensor != 1) {
      var message = "`etp` is 1, or as large as tp=%d; not %d".formatted(tp, tensor);
      report(PlanCode.EXPERTS, entries.find("etp").orElseThrow().place(), message);
      return ExpertKnobs.none(tp);
    }
    int within = tensor == tp ? 1 : tp;
    int replicas = Math.max(1, Math.round((float) degree / within));
    if (degree != replicas * within || dp % replicas != 0) {
      var message =
          "%s; the nearest legal value is ep=%d"
              .formatted(illegal(degree, within, dp), within * Divisors.nearest(dp, replicas));
      report(PlanCode.EXPERTS, knob.get().place(), message);
    }
    if (degree > 1 && entries.find("hybrid").isPresent()) {
      report(
          PlanCode.EXPERTS,
          entries.find("hybrid").orElseThrow().whole(),
          "`hybrid` and `ep` each cut the replicas in their own way; leave out one of them");
    }
    return new ExpertKnobs(degree, tensor);
  }

  private static String illegal(int degree, int within, int dp) {
    return degree % within == 0
        ? "ep=%d spreads experts over %d replicas, which do not divide dp=%d"
            .formatted(degree, degree / within, dp)
        : "with `etp=1` experts lie over tp=%d devices and some replicas, ep=%d does not"
            .formatted(within, degree);
  }

  private void requireExperts(String name) {
    entries
        .find(name)
        .ifPresent(knob -> report(PlanCode.EXPERTS, knob.whole(), "`" + name + "` needs `ep`"));
  }

  private PipelineKnobs pipeline() {
    int degree = positive("pp");
    var chunks =
        entries.find("chunks").isPresent()
            ? OptionalInt.of(positive("chunks"))
            : OptionalInt.empty();
    var schedule = choices.schedule();
    if (degree == 1) {
      requirePipeline("chunks");
      requirePipeline("schedule");
      requirePipeline("speed");
      requirePipeline("memory");
    }
    return new PipelineKnobs(degree, chunks, schedule, places.read(degree));
  }

  private void requirePipeline(String name) {
    var message = "`" + name + "` needs `pp` of at least 2";
    entries
        .find(name)
        .ifPresent(knob -> report(PlanCode.KNOB_WITHOUT_PIPELINE, knob.whole(), message));
  }

  private void requireCountable(Knobs knobs) {
    int pp = knobs.pipeline().degree();
    if (Math.multiplyHigh((long) knobs.dp() * knobs.tp(), pp) != 0
        || (long) knobs.dp() * knobs.tp() * pp > Integer.MAX_VALUE) {
      var pipelines = pp == 1 ? "" : " in each of " + pp + " parts of the pipeline";
      var message = knobs.dp() + " replicas of " + knobs.tp() + " devices" + pipelines;
      report(PlanCode.TOO_MANY_DEVICES, entries.whole(), message + " are too many");
    }
  }

  private void report(PlanCode code, Span span, String message) {
    diagnostics.add(Diagnostic.of(code, span, message));
  }
}
