package dev.weft.ir.plan;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a plan's JSON as a person would: one line for each key and each rule. */
final class PlanWriter {
  private PlanWriter() {}

  static String write(Plan plan) {
    var lines = new ArrayList<String>();
    lines.add(member(PlanKeys.VERSION, Integer.toString(Plan.VERSION)));
    lines.add(member(PlanKeys.MESH, mesh(plan)));
    lines.add(member(PlanKeys.SHARD, rules(plan.shard())));
    lines.add(member(PlanKeys.MICRO_BATCHES, Integer.toString(plan.microBatches())));
    lines.add(member(PlanKeys.OPTIMIZER_SHARDING, optimizer(plan.optimizerSharding())));
    return lines.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static String mesh(Plan plan) {
    return object(
        plan.mesh().axes().stream()
            .map(axis -> member(axis.name(), Integer.toString(axis.size())))
            .toList());
  }

  private static String rules(List<AxisRule> rules) {
    return rules.isEmpty()
        ? "[]"
        : rules.stream()
            .map(PlanWriter::rule)
            .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
  }

  private static String rule(AxisRule rule) {
    var members = new ArrayList<String>();
    members.add(member(PlanKeys.AXIS, text(rule.axis())));
    members.add(member(PlanKeys.OVER, texts(rule.over())));
    if (rule.scope() != AxisRule.Scope.ALL) {
      members.add(member(PlanKeys.SCOPE, text(PlanKeys.of(rule.scope()))));
    }
    if (!rule.why().isEmpty()) {
      members.add(member(PlanKeys.WHY, text(rule.why())));
    }
    return object(members);
  }

  private static String optimizer(OptimizerSharding sharding) {
    return object(
        List.of(
            member(PlanKeys.LEVEL, Integer.toString(sharding.level())),
            member(PlanKeys.OVER, texts(sharding.over()))));
  }

  private static String member(String key, String value) {
    return text(key) + ": " + value;
  }

  private static String object(List<String> members) {
    return members.isEmpty() ? "{}" : join(members, Function.identity(), "{ ", " }");
  }

  private static String texts(List<String> texts) {
    return join(texts, PlanWriter::text, "[", "]");
  }

  private static String join(
      List<String> items, Function<String, String> text, String open, String close) {
    return items.stream().map(text).collect(Collectors.joining(", ", open, close));
  }

  private static String text(String text) {
    return TextNode.valueOf(text).toString();
  }
}
