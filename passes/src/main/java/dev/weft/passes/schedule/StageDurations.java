package dev.weft.passes.schedule;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.op.Call;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.passes.cost.Roofline;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stages that differ, as those of a model do: the first has the embedding, the last the head, and
 * some have more layers than others.
 *
 * @param stages for each stage how long each phase takes that a schedule has of it
 */
public record StageDurations(List<Map<Phase, Double>> stages, double transfer)
    implements Durations {
  public StageDurations {
    stages = stages.stream().map(StageDurations::ordered).toList();
    if (transfer < 0 || stages.stream().anyMatch(s -> s.values().stream().anyMatch(d -> d < 0))) {
      throw new IllegalArgumentException("a duration below 0");
    }
  }

  private static Map<Phase, Double> ordered(Map<Phase, Double> stage) {
    var phases = new EnumMap<Phase, Double>(Phase.class);
    phases.putAll(stage);
    return Collections.unmodifiableMap(phases);
  }

  /**
   * Durations from the work that there is in the functions of a training step: {@link Roofline}
   * equivalents, on devices of equal speed, without messages between stages. The unit is the mean
   * forward of a stage.
   *
   * @param step as the pass {@code training-step} makes it of a pipeline
   */
  public static StageDurations counted(Module step) {
    var flops = new TreeMap<Integer, Map<Phase, Double>>();
    step.functions().stream()
        .flatMap(f -> f.body().nodes().stream())
        .filter(node -> node.op() instanceof Call)
        .map(node -> (Call) node.op())
        .forEach(
            call ->
                flops
                    .computeIfAbsent(call.stage(), _ -> new EnumMap<>(Phase.class))
                    .computeIfAbsent(call.phase(), _ -> flops(callee(step, call))));
    double unit =
        flops.values().stream()
            .mapToDouble(phases -> phases.getOrDefault(Phase.FORWARD, 0.0))
            .average()
            .orElseThrow(() -> new IllegalArgumentException("a step without stages"));
    return new StageDurations(
        flops.values().stream().map(phases -> inUnits(phases, unit)).toList(), 0);
  }

  private static Map<Phase, Double> inUnits(Map<Phase, Double> flops, double unit) {
    var durations = new EnumMap<Phase, Double>(Phase.class);
    flops.forEach((phase, work) -> durations.put(phase, work / unit));
    return durations;
  }

  private static Function callee(Module step, Call call) {
    return step.functions().stream()
        .filter(f -> f.name().equals(call.callee()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function " + call.callee()));
  }

  private static double flops(Function function) {
    return function.body().nodes().stream().mapToDouble(Roofline::flops).sum();
  }

  /** How long a phase of a stage takes; empty where the schedule has none such. */
  public Optional<Double> find(int stage, Phase phase) {
    return Optional.ofNullable(stages.get(stage).get(phase));
  }

  @Override
  public double of(Action action) {
    return find(action.stage(), action.phase())
        .orElseThrow(() -> new IllegalArgumentException("no duration of " + action));
  }
}
