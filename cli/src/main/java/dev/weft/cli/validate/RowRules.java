package dev.weft.cli.validate;

import dev.weft.cli.validate.RowCase.Setting;
import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.ProductFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** From a published run to something that can be priced, or to the reason why it cannot. */
public final class RowRules {
  private static final Pattern PART =
      Pattern.compile("attention|one layer|layer fwd|forward only|inference|decode");
  private static final Pattern OTHER_FORMAT = Pattern.compile("int8|int4|fp6");
  private static final long ASSUMED_MICRO_BATCH = 1;
  private static final Pattern MISTAKEN = Pattern.compile("misconfigured");
  private static final Pattern DEGRADED = Pattern.compile("p2p disabled|p2p_disable");
  private static final Pattern YEAR = Pattern.compile("\\b20[12]\\d\\b");
  private static final int FUSED_SINCE = 2023;
  private static final Pattern EARLY =
      Pattern.compile("megatron-\\d+|megatron-deepspeed|deepspeed|zero-bubble");

  /** Stacks whose published memory holds scores: theirs is not fused, whatever the year. */
  private static final Pattern WRITTEN_OUT = Pattern.compile("zero-bubble");

  /** How tables mark what their maker only remembers. */
  private static final Pattern GUESSED = Pattern.compile("\\(memory\\)");

  private RowRules() {}

  /** The case of a run, or why there is none. */
  public static Row of(PublishedRun run) {
    return obstacle(run).<Row>map(o -> o).orElseGet(() -> whole(run));
  }

  /**
   * The case of a run that lacks nothing but the size of its micro-batches, taken as {@link
   * #ASSUMED_MICRO_BATCH}. What comes of it is no measure of anything: the remarks say so.
   */
  public static Row assuming(PublishedRun run) {
    if (!missing(run).equals(List.of("micro_batch"))) {
      return of(run);
    }
    var assumed = run.with(run.plan().withMicroBatch(ASSUMED_MICRO_BATCH));
    return switch (of(assumed)) {
      case Skipped skipped -> skipped;
      case RowCase found -> found.with("micro-batch assumed to be " + ASSUMED_MICRO_BATCH);
    };
  }

  /** What can be seen before sizes are looked at. */
  private static Optional<Skipped> obstacle(PublishedRun run) {
    var plan = run.plan();
    var words = (run.machine().interconnect() + " " + run.notes()).toLowerCase(Locale.ROOT);
    if (PART.matcher(run.phase()).find()) {
      return skipped(run, SkipReason.NOT_A_STEP, run.phase());
    }
    if (run.model().latent()) {
      return skipped(run, SkipReason.LATENT_ATTENTION, "");
    }
    if (plan.context() > 1) {
      return skipped(run, SkipReason.CONTEXT_PARALLEL, "CP=" + plan.context());
    }
    if (plan.ulysses() > 1) {
      return skipped(run, SkipReason.ULYSSES, "degree " + plan.ulysses());
    }
    if (OTHER_FORMAT.matcher(run.precision()).find()) {
      return skipped(run, SkipReason.OTHER_FORMAT, run.precision());
    }
    if (run.phase().contains("lora")) {
      return skipped(run, SkipReason.ADAPTERS, run.phase());
    }
    if (DEGRADED.matcher(words).find()) {
      return skipped(run, SkipReason.DEGRADED, run.machine().interconnect());
    }
    if (MISTAKEN.matcher(words).find()) {
      return skipped(run, SkipReason.CONTRADICTION, run.notes());
    }
    return run.outcome().seconds().isEmpty() && !run.outcome().isOutOfMemory()
        ? skipped(run, SkipReason.NO_RESULT, "")
        : Optional.empty();
  }

  private static Row whole(PublishedRun run) {
    var missing = missing(run);
    if (!missing.isEmpty()) {
      return new Skipped(run, SkipReason.INCOMPLETE, String.join(", ", missing));
    }
    var degrees = Degrees.of(run);
    if (degrees.isEmpty()) {
      return new Skipped(run, SkipReason.CONTRADICTION, "degrees, devices and batch disagree");
    }
    var cluster = ClusterRule.of(run.machine());
    if (cluster.isEmpty()) {
      return new Skipped(run, SkipReason.UNKNOWN_DEVICE, run.machine().device());
    }
    if (!run.model().hasExperts()) {
      return priced(run, degrees.get(), Optional.empty(), cluster.get());
    }
    return ExpertRules.obstacle(run, degrees.get())
        .<Row>map(o -> o)
        .orElseGet(
            () ->
                priced(
                    run,
                    degrees.get(),
                    ExpertDegrees.of(run.plan(), degrees.get()),
                    cluster.get()));
  }

  private static Row priced(
      PublishedRun run, Degrees degrees, Optional<ExpertDegrees> experts, String cluster) {
    var stated = ArchitectureRules.of(run);
    var architecture = stated.with(stated.sizes().paddedTo(degrees.tensor()));
    var knobs = KnobRules.of(run, degrees, experts, architecture.sizes());
    if (knobs.isEmpty()) {
      var words = (run.plan().schedule() + " " + run.plan().recompute()).strip();
      return new Skipped(run, SkipReason.UNKNOWN_PLAN, words);
    }
    var machine = run.machine();
    var setting =
        new Setting(
            architecture,
            run.precision().startsWith("fp16") ? DType.F16 : DType.BF16,
            degrees.batch(),
            knobs.get(),
            run.plan().zero() == 0 ? 1 : degrees.data(),
            degrees.devices(),
            cluster,
            NodeLink.bandwidth(machine.interconnect(), machine.devicesPerNode()),
            MeasuredLinks.of(run.notes()),
            SoftwareRule.of(run),
            isFused(run),
            products(run.precision()));
    return new RowCase(run, setting, remarks(run, stated));
  }

  private static ProductFormat products(String precision) {
    if (precision.contains("fp4")) {
      return ProductFormat.FOUR_BITS;
    }
    return precision.contains("f8") || precision.contains("fp8")
        ? ProductFormat.EIGHT_BITS
        : ProductFormat.TRAINING;
  }

  /**
   * What the row says. Where it is silent or only guesses, the year of the source decides, and
   * where it has none the stack: fused attention came into use in 2022 (Dao et al. 2022) and was
   * usual a year later.
   */
  static boolean isFused(PublishedRun run) {
    if (isStated(run)) {
      return RunPlan.isYes(run.fused());
    }
    var stack = SoftwareRule.of(run);
    var year = year(run);
    return year.isPresent() && !WRITTEN_OUT.matcher(stack).matches()
        ? year.getAsInt() >= FUSED_SINCE
        : !EARLY.matcher(stack).matches();
  }

  /** Whether the row itself, or else the year of its source, says that attention was fused. */
  static boolean isOfFusedYears(PublishedRun run) {
    return isStated(run)
        ? RunPlan.isYes(run.fused())
        : year(run).stream().anyMatch(year -> year >= FUSED_SINCE);
  }

  private static boolean isStated(PublishedRun run) {
    return !run.fused().isEmpty() && !GUESSED.matcher(run.fused()).find();
  }

  private static OptionalInt year(PublishedRun run) {
    var year = YEAR.matcher(run.source());
    return year.find() ? OptionalInt.of(Integer.parseInt(year.group())) : OptionalInt.empty();
  }

  private static List<String> remarks(PublishedRun run, Architecture architecture) {
    var remarks = new ArrayList<String>();
    run.model()
        .parameters()
        .ifPresent(
            published -> {
              if (architecture.deviation(published) > ArchitectureRules.TOLERANCE) {
                remarks.add(
                    String.format(
                        Locale.ROOT,
                        "%.2fe9 parameters where the source says %.2fe9",
                        architecture.parameters() / 1e9,
                        published / 1e9));
              }
            });
    if (run.model().hasExperts()) {
      remarks.addAll(ExpertRules.remarks(run));
    }
    return remarks;
  }

  private static List<String> missing(PublishedRun run) {
    var missing = new ArrayList<String>();
    var model = run.model();
    if (model.layers().isEmpty()) missing.add("layers");
    if (model.hidden().isEmpty()) missing.add("hidden");
    if (model.heads().isEmpty()) missing.add("heads");
    if (model.sequence().isEmpty()) missing.add("seq_len");
    if (run.machine().devices().isEmpty()) missing.add("num_devices");
    if (run.plan().globalBatch().isEmpty()) missing.add("global_batch");
    if (run.plan().microBatch().isEmpty()) missing.add("micro_batch");
    if (model.hasExperts() && model.chosen().isEmpty()) missing.add("topk");
    if (model.experts().isEmpty() && run.plan().experts() > 1) missing.add("experts");
    return missing;
  }

  private static Optional<Skipped> skipped(PublishedRun run, SkipReason reason, String detail) {
    return Optional.of(new Skipped(run, reason, detail));
  }
}
