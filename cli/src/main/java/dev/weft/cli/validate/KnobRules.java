package dev.weft.cli.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** From a run's plan to knobs as {@code --plan} takes them. */
final class KnobRules {
  /** Stacks with which sequence parallelism goes with tensor parallelism as a matter of course. */
  private static final Pattern SEQUENCE_PARALLEL =
      Pattern.compile("megatron-2023|megascale|megatron-core-\\d+");

  private KnobRules() {}

  /**
   * The knobs; absent where the row's words for the schedule or recomputation are not understood.
   */
  static Optional<String> of(
      PublishedRun run, Degrees degrees, Optional<ExpertDegrees> experts, Sizes sizes) {
    var remat = remat(run, degrees);
    var pipeline =
        degrees.pipeline() == 1
            ? Optional.of(List.<String>of())
            : pipeline(run.plan(), degrees, sizes.layers());
    if (remat.isEmpty() || pipeline.isEmpty()) {
      return Optional.empty();
    }
    var knobs = new ArrayList<String>();
    knobs.add("dp=" + degrees.data());
    knobs.add("tp=" + degrees.tensor());
    if (isSequenceParallel(run, degrees)) {
      knobs.add("sp");
    }
    experts.ifPresent(spread -> knobs.addAll(spread.knobs()));
    knobs.addAll(pipeline.get());
    knobs.addAll(balance(run, degrees));
    knobs.add("micro=" + degrees.micro());
    if (zero(run.plan(), degrees) > 0) {
      knobs.add("zero=" + zero(run.plan(), degrees));
    }
    knobs.add("remat=" + remat.get());
    knobs.addAll(offload(run));
    return Optional.of(String.join(",", knobs));
  }

  /** What is not stated is as usual with the stack. */
  private static boolean isSequenceParallel(PublishedRun run, Degrees degrees) {
    return degrees.tensor() > 1
        && run.plan()
            .sequenceParallel()
            .orElseGet(() -> SEQUENCE_PARALLEL.matcher(SoftwareRule.of(run)).matches());
  }

  /** nanotron cuts layers and head so that all stages have about the same work; others evenly. */
  private static List<String> balance(PublishedRun run, Degrees degrees) {
    boolean isBalanced = degrees.pipeline() > 1 && SoftwareRule.of(run).startsWith("nanotron");
    return isBalanced
        ? List.of("speed=" + String.join("/", Collections.nCopies((int) degrees.pipeline(), "1")))
        : List.of();
  }

  /**
   * In a pipeline level 2 is level 1: gradients of all micro-batches are added up before they are
   * reduced (Rajbhandari et al. 2020 have no pipelines; DeepSpeed refuses the two together).
   */
  private static int zero(RunPlan plan, Degrees degrees) {
    return plan.zero() == 2 && degrees.pipeline() > 1 ? 1 : plan.zero();
  }

  /**
   * What is not stated is selective with sequence parallelism, with which it was published
   * (Korthikanti et al. 2022), and none otherwise. A fused attention keeps no scores that selective
   * recomputation could spare.
   */
  private static Optional<String> remat(PublishedRun run, Degrees degrees) {
    var usual = isSequenceParallel(run, degrees) ? "selective" : "none";
    var words = run.plan().recompute().isEmpty() ? usual : run.plan().recompute();
    return List.of("none", "selective", "full").stream()
        .filter(words::startsWith)
        .findFirst()
        .map(said -> said.equals("selective") && RowRules.isFused(run) ? "none" : said);
  }

  private static Optional<List<String>> pipeline(RunPlan plan, Degrees degrees, long layers) {
    var schedule = plan.schedule();
    var pp = "pp=" + degrees.pipeline();
    if (schedule.startsWith("zb")) {
      return zeroBubble(schedule).map(name -> List.of(pp, "schedule=" + name));
    }
    if (schedule.contains("gpipe")) {
      return Optional.of(List.of(pp, "schedule=gpipe"));
    }
    if (schedule.contains("dualpipe")) {
      return Optional.empty();
    }
    boolean isInterleaved = schedule.contains("interleaved") || schedule.endsWith("-i");
    long chunks =
        plan.chunks().orElse(isInterleaved ? assumedChunks(degrees.pipeline(), layers) : 1);
    return Optional.of(chunks > 1 ? List.of(pp, "chunks=" + chunks) : List.of(pp));
  }

  /** The schedules of Qi et al. 2024: with the memory of 1F1B, with twice that, and the V. */
  private static Optional<String> zeroBubble(String schedule) {
    return switch (schedule) {
      case "zb-1p", "zb-h1" -> Optional.of("zb-h1");
      case "zb-2p", "zb-h2" -> Optional.of("zb-h2");
      case "zb-v" -> Optional.of("zb-v");
      default -> Optional.empty();
    };
  }

  /**
   * Chunks of an interleaved pipeline whose row does not give their number: one layer in each where
   * the embedding and the head take the places of layers, and else as few as divide the layers of a
   * device.
   */
  private static long assumedChunks(long pipeline, long layers) {
    if (layers % pipeline != 0) {
      return Math.max(1, (layers + 2) / pipeline);
    }
    long each = layers / pipeline;
    return LongStream.rangeClosed(2, each).filter(c -> each % c == 0).findFirst().orElse(1);
  }

  /** What the notes say lies on the host. */
  private static List<String> offload(PublishedRun run) {
    var words = (run.system() + " " + run.notes()).toLowerCase(Locale.ROOT);
    if (!words.contains("offload")) {
      return List.of();
    }
    var what = new ArrayList<String>();
    if (words.matches(".*optim[a-z]*( states?)? offload.*")) {
      what.add("optimizer");
    }
    if (words.matches(".*(weight|param)[a-z]* offload.*")) {
      what.add("params");
    }
    if (words.matches(".*(ckpt|checkpoint|activation)[a-z]* offload.*")) {
      what.add("activations");
    }
    return what.isEmpty() ? List.of() : List.of("offload=" + String.join("+", what));
  }
}
