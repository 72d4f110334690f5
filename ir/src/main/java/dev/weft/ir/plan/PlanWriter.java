package dev.weft.ir.plan;

import dev.weft.ir.json.JsonForm;
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
    plan.pipeline().ifPresent(p -> lines.add(member(PlanKeys.PIPELINE, pipeline(p))));
    lines.add(member(PlanKeys.OPTIMIZER_SHARDING, optimizer(plan.optimizerSharding())));
    if (!(plan.remat() instanceof RematPlan.None)) {
      lines.add(member(PlanKeys.REMAT, remat(plan.remat())));
    }
    if (!plan.offload().isEmpty()) {
      var moved = plan.offload().stream().map(Offload::text).toList();
      lines.add(member(PlanKeys.OFFLOAD, texts(moved)));
    }
    switch (plan.cache()) {
      case CachePlan.None _ -> {}
      case CachePlan.Size(long bytes) -> lines.add(cache(PlanKeys.BYTES, bytes));
      case CachePlan.Peak(long bytes) -> lines.add(cache(PlanKeys.PEAK, bytes));
    }
    if (plan.prefetch() == Prefetch.OFF) {
      lines.add(member(PlanKeys.PREFETCH, "false"));
    }
    if (!plan.why().isEmpty()) {
      lines.add(member(PlanKeys.WHY, lines(plan.why().stream().map(PlanWriter::text).toList(), 1)));
    }
    return lines.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static String mesh(Plan plan) {
    return object(
        plan.mesh().axes().stream()
            .map(axis -> member(axis.name(), Integer.toString(axis.size())))
            .toList());
  }

  private static String rules(List<AxisRule> rules) {
    return rules.isEmpty() ? "[]" : lines(rules.stream().map(PlanWriter::rule).toList(), 1);
  }

  private static String rule(AxisRule rule) {
    var members = new ArrayList<String>();
    members.add(member(PlanKeys.AXIS, text(rule.axis())));
    members.add(member(PlanKeys.OVER, texts(rule.over())));
    if (rule.scope() != AxisRule.Scope.ALL) {
      members.add(member(PlanKeys.SCOPE, text(PlanKeys.of(rule.scope()))));
    }
    if (!rule.stages().isEmpty()) {
      members.add(member(PlanKeys.STAGES, join(rule.stages(), String::valueOf, "[", "]")));
    }
    if (!rule.why().isEmpty()) {
      members.add(member(PlanKeys.WHY, text(rule.why())));
    }
    return object(members);
  }

  private static String pipeline(PipelinePlan pipeline) {
    var members =
        List.of(
            member(PlanKeys.OVER, text(pipeline.over())),
            member(PlanKeys.SCHEDULE, schedule(pipeline.schedule())),
            member(
                PlanKeys.STAGES,
                lines(pipeline.stages().stream().map(PlanWriter::stage).toList(), 2)));
    return members.stream().collect(Collectors.joining(",\n    ", "{\n    ", "\n  }"));
  }

  private static String schedule(SchedulePlan schedule) {
    return switch (schedule) {
      case SchedulePlan.Named(var kind) -> text(kind.text());
      case SchedulePlan.Table(var rows) ->
          "{ "
              + member(PlanKeys.TABLE, lines(rows.stream().map(PlanWriter::text).toList(), 2))
              + " }";
    };
  }

  private static String stage(StagePlan stage) {
    var layers =
        stage.layers().entrySet().stream()
            .map(e -> member(e.getKey(), Integer.toString(e.getValue())))
            .toList();
    var device = member(PlanKeys.DEVICE, Integer.toString(stage.device()));
    return object(
        layers.isEmpty()
            ? List.of(device)
            : List.of(device, member(PlanKeys.LAYERS, object(layers))));
  }

  private static String remat(RematPlan remat) {
    var policy = member(PlanKeys.POLICY, text(RematNames.of(remat)));
    return object(
        switch (remat) {
          case RematPlan.None _, RematPlan.Selective _, RematPlan.Full _ -> List.of(policy);
          case RematPlan.Budget(long bytes) ->
              List.of(policy, member(PlanKeys.BYTES, Long.toString(bytes)));
          case RematPlan.Values(var recompute) ->
              List.of(policy, member(PlanKeys.RECOMPUTE, texts(recompute)));
        });
  }

  private static String cache(String key, long bytes) {
    return member(PlanKeys.CACHE, object(List.of(member(key, Long.toString(bytes)))));
  }

  private static String optimizer(OptimizerSharding sharding) {
    var members = new ArrayList<String>();
    members.add(member(PlanKeys.LEVEL, Integer.toString(sharding.level())));
    members.add(member(PlanKeys.OVER, texts(sharding.over())));
    if (!sharding.replicas().isEmpty()) {
      members.add(member(PlanKeys.REPLICAS, texts(sharding.replicas())));
    }
    return object(members);
  }

  /** A list with a line for each item, in an object that stands so deep. */
  private static String lines(List<String> items, int depth) {
    var outer = "\n" + "  ".repeat(depth);
    var inner = outer + "  ";
    return items.stream().collect(Collectors.joining("," + inner, "[" + inner, outer + "]"));
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

  private static <T> String join(
      List<T> items, Function<T, String> text, String open, String close) {
    return items.stream().map(text).collect(Collectors.joining(", ", open, close));
  }

  private static String text(String text) {
    return JsonForm.quoted(text);
  }
}
