package dev.weft.ir.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes knobs as they are typed; what has its default is left out. */
public final class KnobsText {
  private final List<String> parts = new ArrayList<>();

  private KnobsText() {}

  /**
   * Text that {@link KnobsParser} reads as the same knobs, of knobs whose schedule has a name and
   * whose places are alike; empty for one device.
   */
  public static String of(Knobs knobs) {
    var text = new KnobsText();
    text.pipeline(knobs.pipeline());
    text.degree("dp", knobs.dp());
    text.degree("tp", knobs.tp());
    if (knobs.sequenceParallel()) {
      text.parts.add("sp");
    }
    text.degree("ep", knobs.experts().degree());
    if (knobs.experts().areSpread() && knobs.experts().tensor() != knobs.tp()) {
      text.parts.add("etp=" + knobs.experts().tensor());
    }
    text.degree("micro", knobs.microBatches());
    if (knobs.zero() > 0) {
      text.parts.add("zero=" + knobs.zero());
    }
    knobs.hybrid().ifPresent(shares -> text.parts.add("hybrid=" + shares));
    text.remat(knobs.remat());
    text.offload(knobs);
    if (knobs.prefetch() == Prefetch.OFF) {
      text.parts.add("prefetch=off");
    }
    return String.join(",", text.parts);
  }

  private void degree(String name, int degree) {
    if (degree > 1) {
      parts.add(name + "=" + degree);
    }
  }

  private void pipeline(PipelineKnobs pipeline) {
    degree("pp", pipeline.degree());
    pipeline
        .schedule()
        .ifPresent(
            choice -> {
              if (choice instanceof ScheduleChoice.Given(SchedulePlan.Named(var kind))) {
                parts.add("schedule=" + kind.text());
              }
            });
    pipeline.chunks().ifPresent(chunks -> parts.add("chunks=" + chunks));
  }

  private void remat(RematPlan remat) {
    switch (remat) {
      case RematPlan.None _, RematPlan.Values _ -> {}
      case RematPlan.Selective _ -> parts.add("remat=selective");
      case RematPlan.Full _ -> parts.add("remat=full");
      case RematPlan.Budget(long bytes) -> parts.add("remat=budget:" + bytes);
    }
  }

  private void offload(Knobs knobs) {
    if (!knobs.offload().isEmpty()) {
      parts.add(
          "offload="
              + knobs.offload().stream().map(Offload::text).collect(Collectors.joining("+")));
    }
    switch (knobs.cache()) {
      case CachePlan.None _ -> {}
      case CachePlan.Size(long bytes) -> parts.add("cache=" + bytes);
      case CachePlan.Peak(long bytes) -> parts.add("cache=peak:" + bytes);
    }
  }
}
