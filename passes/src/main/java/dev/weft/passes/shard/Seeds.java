package dev.weft.passes.shard;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the plan's rules say of a type, and which of two claims goes first. */
record Seeds(Plan plan) {
  /** The sharding of a weight or input. */
  Sharding ofInput(TensorType type) {
    return byRules(type, rule -> rule.scope() == Scope.ALL);
  }

  /** The sharding that the plan prefers for a computed value. */
  Sharding ofActivation(TensorType type) {
    return byRules(type, rule -> true);
  }

  /** The axes over which a rule cuts an axis of computed values; empty where none does. */
  List<String> axesOf(String axis) {
    return find(axis).map(this::cutting).orElse(List.of());
  }

  /** The mesh axes of a rule that cut anything. */
  private List<String> cutting(AxisRule rule) {
    return rule.over().stream().filter(a -> plan.mesh().size(a) > 1).toList();
  }

  /** Precedence of a claim on an axis: smaller goes first. */
  int precedence(String axis) {
    for (int i = 0; i < plan.shard().size(); i++) {
      if (plan.shard().get(i).axis().equals(axis)) {
        return i;
      }
    }
    return plan.shard().size();
  }

  private Optional<AxisRule> find(String axis) {
    return plan.shard().stream().filter(r -> r.axis().equals(axis)).findFirst();
  }

  private Sharding byRules(TensorType type, java.util.function.Predicate<AxisRule> applies) {
    var dims = new ArrayList<List<String>>(Sharding.replicated(type.rank()).dims());
    var used = new HashSet<String>();
    for (var rule : plan.shard()) {
      int dim = type.indexOf(rule.axis());
      var axes = cutting(rule).stream().filter(a -> !used.contains(a)).toList();
      boolean divisible = dim >= 0 && type.dims().get(dim).size() % plan.mesh().size(axes) == 0;
      if (divisible && applies.test(rule) && dims.get(dim).isEmpty()) {
        dims.set(dim, axes);
        used.addAll(axes);
      }
    }
    return Sharding.of(dims);
  }
}
