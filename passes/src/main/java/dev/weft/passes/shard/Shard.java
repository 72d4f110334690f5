package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives every value a sharding.
 *
 * <p>Seeds are the weights and inputs, cut as the plan's rules say. One sweep in program order
 * carries them through the factor maps: a node's factors are cut as its operands are; where two
 * claims meet, the rule that stands first in the plan wins; operands that lie otherwise pass
 * through a {@code reshard}. A result that lacks a cut factor is partial, and stays so through
 * linear ops until something needs its sum. The op kinds play no part.
 *
 * <p>The module is still the whole program: a {@code reshard} is the identity there.
 */
public record Shard(Plan plan) implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "shard",
        "propagates the plan's seeds: every value gets a sharding",
        Set.of(Property.DIFFERENTIATED, Property.PRIMITIVE),
        Set.of(Property.SHARDED),
        Set.of(Property.SHARDED, Property.LOWERED));
  }

  @Override
  public Checked<Module> run(Module module) {
    var plans = plans(module);
    var borders = Borders.of(module, plans);
    var problems = new ArrayList<Diagnostic>();
    var sharded = new ArrayList<Function>();
    for (int f = 0; f < plans.size(); f++) {
      var function = module.functions().get(f);
      problems.addAll(problems(module, plans.get(f), function));
      if (problems.isEmpty()) {
        var seeds = new Seeds(plans.get(f));
        sharded.add(
            new FunctionSharding(plans.get(f), seeds, borders, WeightStorage.of(plan, function))
                .shard(function));
        problems.addAll(PlanCheck.weightProblems(plans.get(f), seeds, function));
      }
    }
    if (problems.isEmpty()) {
      problems.addAll(sharedWeights(sharded));
    }
    return problems.isEmpty()
        ? Checked.ok(module.withMesh(plan.mesh()).withFunctions(sharded).with(Property.SHARDED))
        : Checked.failed(problems);
  }

  /** Weights of which the stages that share them would hold different pieces. */
  private static List<Diagnostic> sharedWeights(List<Function> stages) {
    var known = new HashMap<String, Optional<Sharding>>();
    var problems = new ArrayList<Diagnostic>();
    for (var stage : stages) {
      for (int i : stage.inputIndices(Port.Weight.class)) {
        var name = stage.inputs().get(i).name();
        var layout = stage.body().params().get(i).sharding();
        var other = known.putIfAbsent(name, layout);
        if (other != null && !other.equals(layout)) {
          var message =
              "@%s cuts `%s` as %s, an earlier stage as %s"
                  .formatted(stage.name(), name, layout.orElseThrow(), other.orElseThrow());
          problems.add(Diagnostic.of(ShardCode.SHARED_WEIGHT_LAYOUT, Span.NONE, message));
        }
      }
    }
    return problems;
  }

  /** A stage need not have every axis of the model. */
  private static List<Diagnostic> problems(Module module, Plan plan, Function function) {
    boolean staged = module.properties().contains(Property.STAGED);
    return PlanCheck.problems(plan, PlanPlaces.NONE, function).stream()
        .filter(d -> !(staged && d.code() == ShardCode.UNKNOWN_AXIS))
        .toList();
  }

  /** The plan as each function sees it: of the rules for some stages, those for its own. */
  private List<Plan> plans(Module module) {
    if (!module.properties().contains(Property.STAGED)) {
      return List.of(plan);
    }
    return IntStream.range(0, module.functions().size())
        .mapToObj(
            stage -> plan.withShard(plan.shard().stream().filter(r -> r.appliesTo(stage)).toList()))
        .toList();
  }
}
