package dev.weft.ir.verify;

import dev.weft.ir.graph.Factor;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * In a sharded module each node can run on the pieces alone: a factor is cut alike wherever it is
 * walked, a factor that must be whole is not cut, and a result is an unfinished combination exactly
 * over the cut factors that it does not walk and over what passes through a linear op.
 */
final class FactorLayouts {
  private final Mesh mesh;
  private final Findings findings;
  private final Node node;
  private final Factors factors;
  private final Map<String, List<String>> cuts = new HashMap<>();

  private FactorLayouts(Mesh mesh, Findings findings, Node node) {
    this.mesh = mesh;
    this.findings = findings;
    this.node = node;
    this.factors = node.typing().factors();
  }

  static void check(Module module, Function function, Findings findings) {
    var properties = module.properties();
    if (properties.contains(Property.SHARDED) && !properties.contains(Property.LOWERED)) {
      function.body().allNodes().forEach(node -> node(module.mesh(), node, findings));
    }
  }

  private static void node(Mesh mesh, Node node, Findings findings) {
    switch (node.op()) {
      case Reshard _ -> {}
      case Repeat repeat -> LoopLayouts.check(node, repeat, findings);
      default -> new FactorLayouts(mesh, findings, node).check();
    }
  }

  private void check() {
    for (int i = 0; i < node.operands().size(); i++) {
      collect(factors.operands().get(i), layout(node.operand(i)));
    }
    for (int r = 0; r < node.types().size(); r++) {
      collect(factors.results().get(r), layout(node.result(r)));
    }
    requireLegalCuts();
    if (requirePassable()) {
      for (int r = 0; r < node.types().size(); r++) {
        requirePartial(r);
      }
    }
  }

  private void collect(List<List<String>> walks, Sharding layout) {
    for (int d = 0; d < walks.size(); d++) {
      for (int f = 0; f < walks.get(d).size(); f++) {
        cut(walks.get(d).get(f), f == 0 ? layout.dims().get(d) : List.of());
      }
    }
  }

  private void cut(String factor, List<String> axes) {
    var before = cuts.putIfAbsent(factor, axes);
    if (before != null && !before.equals(axes)) {
      report("the factor `" + factor + "` is cut over " + before + " and over " + axes);
    }
  }

  private void requireLegalCuts() {
    var used = new HashSet<String>();
    for (var factor : factors.all()) {
      var axes = cuts.getOrDefault(factor.name(), List.of());
      if (!axes.isEmpty() && factor.kind() == Factor.Kind.GATHER) {
        report("the factor `" + factor.name() + "` is cut over " + axes + " but must be whole");
      }
      if (factor.size() % mesh.size(axes) != 0) {
        report("the factor `" + factor.name() + "` is not divisible over " + axes);
      }
      if (!axes.stream().allMatch(used::add)) {
        report("two factors are cut over one of " + axes);
      }
    }
  }

  /**
   * Only sums pass through an op unfinished, and only linear ops let them: over the same mesh axes
   * in every floating operand, and never in integers.
   */
  private boolean requirePassable() {
    var passing = passing();
    for (var operand : node.operands()) {
      var layout = layout(operand);
      boolean sum = layout.combine() == Combine.SUM && node.op().isLinear();
      var expected = operand.type().dtype().isFloat() ? passing : List.of();
      if (!layout.partial().equals(expected) || layout.isPartial() && !sum) {
        report("the operand %" + operand.name() + " is unfinished: " + layout);
        return false;
      }
    }
    return true;
  }

  private List<String> passing() {
    return node.operands().stream()
        .filter(operand -> operand.type().dtype().isFloat())
        .findFirst()
        .map(operand -> layout(operand).partial())
        .orElse(List.of());
  }

  private void requirePartial(int result) {
    var expected = new TreeSet<>(passing());
    var ways = new TreeSet<Combine>();
    for (var factor : factors.all()) {
      var axes = cuts.getOrDefault(factor.name(), List.of());
      if (!axes.isEmpty() && !factors.resultWalks(result, factor.name())) {
        expected.addAll(axes);
        ways.add(factor.combine());
      }
    }
    var layout = layout(node.result(result));
    boolean combines = ways.isEmpty() || ways.equals(Set.of(layout.combine()));
    if (!isZeroShare(expected, layout)
        && !(combines && layout.partial().equals(new ArrayList<>(expected)))) {
      report("a result is unfinished over " + expected + " " + ways + ", but lies as " + layout);
    }
  }

  /** A zero is an unfinished sum over any axes. */
  private boolean isZeroShare(Set<String> expected, Sharding layout) {
    return node.op() instanceof Fill fill
        && fill.value() == 0
        && layout.combine() == Combine.SUM
        && layout.partial().containsAll(expected);
  }

  private static Sharding layout(Value value) {
    return value.sharding().orElseThrow();
  }

  private void report(String message) {
    findings.report(VerifyCode.FACTOR_LAYOUT, node, message);
  }
}
