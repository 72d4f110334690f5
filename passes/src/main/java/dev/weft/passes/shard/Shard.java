package dev.weft.passes.shard;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.Set;

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
    var function = module.only();
    var problems = PlanCheck.problems(plan, PlanPlaces.NONE, function);
    if (!problems.isEmpty()) {
      return Checked.failed(problems);
    }
    var seeds = new Seeds(plan);
    var sharded = new FunctionSharding(plan, seeds).shard(function);
    problems = PlanCheck.weightProblems(plan, sharded);
    if (!problems.isEmpty()) {
      return Checked.failed(problems);
    }
    return Checked.ok(module.withMesh(plan.mesh()).withOnly(sharded).with(Property.SHARDED));
  }
}
