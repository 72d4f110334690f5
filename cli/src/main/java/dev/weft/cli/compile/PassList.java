package dev.weft.cli.compile;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.autodiff.Autodiff;
import dev.weft.passes.core.Pass;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.optimizer.ScaleLoss;
import dev.weft.passes.pipeline.Pipelines;
import dev.weft.passes.pipeline.StepPasses;
import dev.weft.passes.prefetch.BringAhead;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.ExpandComposites;
import dev.weft.passes.simplify.Simplify;
import dev.weft.passes.stage.Stage;
import java.util.List;
import java.util.Optional;

/**
 * The passes by name, for whoever puts them in an order of their own.
 *
 * @param plan what {@code shard}, {@code remat} and {@code training-step} apply
 * @param optimizer what {@code training-step} writes
 * @param micro how {@code training-step} accumulates
 * @param outputs of the model, in the order of the roles of {@code micro}
 * @param schedule of the plan's pipeline, where it has one
 */
public record PassList(
    Plan plan,
    OptimizerSpec optimizer,
    MicroBatching micro,
    List<Port> outputs,
    Optional<Schedule> schedule) {
  /** The names, in the order in which the passes usually stand. */
  public static final List<String> NAMES =
      List.of(
          "scale-loss",
          "simplify",
          "stage",
          "autodiff",
          "expand",
          "shard",
          "lower",
          "remat",
          "offload",
          "training-step",
          "prefetch");

  /** The passes that apply a plan. */
  public static final List<String> PLANNED =
      List.of("stage", "shard", "remat", "offload", "training-step");

  /** The pass of a name; empty where there is none. */
  public Optional<Pass> find(String name) {
    return switch (name) {
      case "scale-loss" -> Optional.of(new ScaleLoss());
      case "simplify" -> Optional.of(new Simplify());
      case "stage" -> Optional.of(new Stage(plan.pipeline()));
      case "autodiff" -> Optional.of(new Autodiff());
      case "expand" -> Optional.of(new ExpandComposites());
      case "shard" -> Optional.of(new Shard(plan));
      case "lower" -> Optional.of(new Lower());
      case "remat" -> Optional.of(Pipelines.remat(end()));
      case "offload" -> Optional.of(end().offload());
      case "training-step" -> Optional.of(end().step());
      case "prefetch" -> Optional.of(new BringAhead());
      default -> Optional.empty();
    };
  }

  private StepPasses end() {
    return new StepPasses(plan, optimizer, micro, outputs, schedule);
  }

  /** Why a module cannot be given to these passes, whatever their order; empty where it can. */
  public static Optional<String> obstacle(Module module, List<String> names) {
    if (module.functions().size() != 1) {
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "passes rewrite a module of one function, not " + module.functions().size());
    }
    boolean needsLoss =
        names.contains("scale-loss")
            || names.contains("autodiff")
            || names.contains("training-step");
    return needsLoss && !hasLoss(module.only())
        ? Optional.of("the function @" + module.only().name() + " has no loss to differentiate")
        : Optional.empty();
  }

  private static boolean hasLoss(Function function) {
    return function.output(Port.Loss.class).isPresent();
  }
}
