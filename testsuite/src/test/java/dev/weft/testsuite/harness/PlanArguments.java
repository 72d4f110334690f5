package dev.weft.testsuite.harness;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A plan as a RUN line spells it out. */
final class PlanArguments {
  private PlanArguments() {}

  /**
   * The plan of {@code --mesh=p=2,q=2 --cut=axis:p*q --cut=axis:p:activations --micro=2}, with the
   * optimizer replicated over {@code --replicas=p} or shared over {@code --zero=p}.
   */
  static Plan plan(Invocation run) {
    var axes = list(run, "mesh").map(PlanArguments::meshAxis).toList();
    var rules = run.all("cut").stream().map(PlanArguments::rule).toList();
    int micro = run.one("micro").map(Integer::parseInt).orElse(1);
    var shared = list(run, "zero").toList();
    var sharding =
        shared.isEmpty()
            ? new OptimizerSharding(0, list(run, "replicas").toList())
            : new OptimizerSharding(1, shared);
    return new Plan(new Mesh(axes), rules, micro, sharding);
  }

  private static Stream<String> list(Invocation run, String option) {
    return run.one(option).stream().flatMap(text -> Stream.of(text.split(",")));
  }

  private static MeshAxis meshAxis(String text) {
    var parts = List.of(text.split("="));
    return new MeshAxis(parts.getFirst(), Integer.parseInt(parts.getLast()));
  }

  private static AxisRule rule(String text) {
    var parts = List.of(text.split(":"));
    var scope =
        parts.size() > 2 ? Scope.valueOf(parts.get(2).toUpperCase(Locale.ROOT)) : Scope.ALL;
    return new AxisRule(parts.get(0), List.of(parts.get(1).split("\\*")), scope, "");
  }
}
