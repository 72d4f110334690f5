package dev.weft.cli.compile;

import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code shard axis over mesh_axis} statements of a model: a plan must obey them. A statement
 * about a mesh axis which the plan's mesh lacks, or which has one device, asks for nothing.
 */
final class ShardHints {
  private static final String WHY = "the model says so";

  private ShardHints() {}

  /** The plan with the rules that the model asks for in front; for plans that a program makes. */
  static Plan added(Plan plan, Map<String, List<String>> hints) {
    var rules = new ArrayList<AxisRule>();
    hints.forEach(
        (axis, over) -> {
          if (applies(plan, over) && !isCut(plan, axis, over)) {
            rules.add(new AxisRule(axis, over, AxisRule.Scope.ALL, WHY));
          }
        });
    var asked = rules.stream().map(AxisRule::axis).toList();
    plan.shard().stream()
        .filter(r -> r.scope() != AxisRule.Scope.ALL || !asked.contains(r.axis()))
        .forEach(rules::add);
    return plan.withShard(rules);
  }

  /** The plan, if it cuts every axis as the model asks for. */
  static Checked<Plan> obeyed(Plan plan, Map<String, List<String>> hints) {
    var problems = new ArrayList<Diagnostic>();
    hints.forEach(
        (axis, over) -> {
          if (applies(plan, over) && !isCut(plan, axis, over)) {
            var message =
                "the model says `shard "
                    + axis
                    + " over "
                    + String.join(", ", over)
                    + "`, and the plan cuts it otherwise";
            problems.add(Diagnostic.of(CompilationCode.HINT_DISOBEYED, Span.NONE, message));
          }
        });
    return problems.isEmpty() ? Checked.ok(plan) : Checked.failed(problems);
  }

  private static boolean applies(Plan plan, List<String> over) {
    var names = plan.mesh().axes().stream().map(MeshAxis::name).toList();
    return names.containsAll(over) && plan.mesh().size(over) > 1;
  }

  private static boolean isCut(Plan plan, String axis, List<String> over) {
    return plan.shard().stream()
        .anyMatch(
            r -> r.axis().equals(axis) && r.scope() == AxisRule.Scope.ALL && r.over().equals(over));
  }
}
