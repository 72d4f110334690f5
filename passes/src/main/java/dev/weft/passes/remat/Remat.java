package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the backward compute values of the forward again instead of keeping them.
 *
 * <pre>{@code
 * %h = gelu %a … %y = contract %h, %w … %d_w = contract %h, %d_y
 * ---
 * %h = gelu %a … %y = contract %h, %w … %re_h = gelu %a, %d_w = contract %re_h, %d_y
 * }</pre>
 *
 * Results are the same to the last bit: an op computes the same twice.
 *
 * @param policy what is computed again
 * @param memory what devices will need for what becomes of a module; a budget is met for it
 */
public record Remat(RematPlan policy, StepMemory memory) implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "remat",
        "lets the backward compute values again instead of keeping them",
        Set.of(Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    return switch (policy) {
      case RematPlan.None() -> Checked.ok(module);
      case RematPlan.Full() -> Checked.ok(rewrite(module, Policies::full));
      case RematPlan.Selective() -> Checked.ok(rewrite(module, Policies::selective));
      case RematPlan.Values(var names) -> named(module, names);
      case RematPlan.Budget(long bytes) -> new BudgetSearch(module, memory).within(bytes);
    };
  }

  private static Checked<Module> named(Module module, List<String> texts) {
    var regions = new ArrayList<Region>();
    module.functions().forEach(f -> regions.addAll(FunctionRegions.of(f).regions()));
    var problems = SavedName.problems(texts, regions);
    if (!problems.isEmpty()) {
      return Checked.failed(problems);
    }
    var names = texts.stream().map(SavedName::parse).collect(Collectors.toSet());
    return Checked.ok(rewrite(module, function -> Policies.named(function, names)));
  }

  private static Module rewrite(
      Module module, java.util.function.Function<FunctionRegions, List<Set<Value>>> policy) {
    return module.map(function -> rewrite(FunctionRegions.of(function), policy));
  }

  private static Function rewrite(
      FunctionRegions regions,
      java.util.function.Function<FunctionRegions, List<Set<Value>>> policy) {
    return new FunctionRewrite(regions).rewrite(policy.apply(regions));
  }
}
