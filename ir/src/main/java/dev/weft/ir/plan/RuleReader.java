package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the rules of {@code shard}. */
final class RuleReader {
  private final MeshAxes meshAxes;
  private final Consumer<Diagnostic> report;
  private final List<Placed> rules = new ArrayList<>();

  /** A rule, where its axis stands, and the whole of it. */
  private record Placed(AxisRule rule, Span axis, Fields fields) {}

  RuleReader(MeshAxes meshAxes, Consumer<Diagnostic> report) {
    this.meshAxes = meshAxes;
    this.report = report;
  }

  List<AxisRule> read(Fields plan) {
    plan.items(PlanKeys.SHARD).forEach(item -> rule(plan, item).ifPresent(rules::add));
    return rules.stream().map(Placed::rule).toList();
  }

  /** Reports rules that do not fit the pipeline, which is read after them. */
  void requireFitting(Optional<PipelinePlan> pipeline) {
    int stages = pipeline.map(p -> p.stages().size()).orElse(0);
    for (var placed : rules) {
      for (int stage : placed.rule().stages()) {
        if (stage >= stages) {
          var known = stages == 0 ? "the plan has no pipeline" : "the last is " + (stages - 1);
          report(
              PlanCode.RULE_STAGES,
              placed.fields().place(PlanKeys.STAGES),
              "there is no stage " + stage + "; " + known);
        }
      }
      if (pipeline.filter(p -> placed.rule().over().contains(p.over())).isPresent()) {
        var message = "the pipeline runs along \"" + pipeline.orElseThrow().over() + "\"";
        report(PlanCode.PIPELINE_AXIS, placed.fields().place(PlanKeys.OVER), message);
      }
    }
  }

  private Optional<Placed> rule(Fields plan, Json item) {
    if (!(item instanceof Json.Members object)) {
      return plan.wrong("a rule of \"shard\"", "an object", item);
    }
    var fields = new Fields(object, PlanKeys.RULE, PlanCode.JSON, report);
    fields.require(PlanKeys.AXIS, PlanKeys.OVER);
    var axis = fields.text(PlanKeys.AXIS);
    var over = meshAxes.over(fields);
    var scope = scope(fields);
    var stages = stages(fields);
    var why = fields.text(PlanKeys.WHY).orElse("");
    meshAxes.use(over);
    requireSomething(fields);
    if (axis.isEmpty() || scope.isEmpty()) {
      return Optional.empty();
    }
    var rule = new AxisRule(axis.get(), over, scope.get(), stages, why);
    var placed = new Placed(rule, fields.place(PlanKeys.AXIS), fields);
    requireFirst(placed);
    return Optional.of(placed);
  }

  private List<Integer> stages(Fields fields) {
    var stages = new ArrayList<Integer>();
    for (var item : fields.items(PlanKeys.STAGES)) {
      var stage = fields.integer("an entry of " + PlanKeys.STAGES, item);
      if (stage.isPresent() && stage.getAsInt() < 0) {
        report(PlanCode.RULE_STAGES, item.span(), "stages are counted from 0");
      } else if (stage.isPresent() && stages.contains(stage.getAsInt())) {
        report(PlanCode.RULE_STAGES, item.span(), "stage " + stage.getAsInt() + " is named twice");
      } else {
        stage.ifPresent(stages::add);
      }
    }
    return stages;
  }

  private void requireSomething(Fields rule) {
    if (rule.find(PlanKeys.OVER).filter(Json::isEmptyList).isPresent()) {
      report(PlanCode.EMPTY_RULE, rule.place(PlanKeys.OVER), "this rule names no mesh axis");
    }
    if (rule.find(PlanKeys.STAGES).filter(Json::isEmptyList).isPresent()) {
      var message = "this rule names no stage; leave out \"stages\" for all of them";
      report(PlanCode.EMPTY_RULE, rule.place(PlanKeys.STAGES), message);
    }
    if (rule.find(PlanKeys.AXIS)
        .filter(v -> v instanceof Json.Text t && t.value().isEmpty())
        .isPresent()) {
      report(
          PlanCode.WRONG_TYPE,
          rule.place(PlanKeys.AXIS),
          "\"axis\" is the name of an axis of the model");
    }
  }

  /** One axis has at most one rule of each scope in each stage. */
  private void requireFirst(Placed placed) {
    var rule = placed.rule();
    var message =
        "the axis \""
            + rule.axis()
            + "\" has a rule of scope `"
            + PlanKeys.of(rule.scope())
            + "` already";
    rules.stream()
        .filter(earlier -> isSame(earlier.rule(), rule))
        .findFirst()
        .ifPresent(
            earlier ->
                report.accept(
                    Diagnostic.of(PlanCode.REPEATED_RULE, placed.axis(), message)
                        .note(earlier.axis(), "first here")));
  }

  private static boolean isSame(AxisRule a, AxisRule b) {
    boolean share =
        a.stages().isEmpty()
            || b.stages().isEmpty()
            || !Collections.disjoint(a.stages(), b.stages());
    return a.axis().equals(b.axis()) && a.scope() == b.scope() && share;
  }

  private Optional<AxisRule.Scope> scope(Fields fields) {
    if (fields.find(PlanKeys.SCOPE).isEmpty()) {
      return Optional.of(AxisRule.Scope.ALL);
    }
    var given = fields.text(PlanKeys.SCOPE);
    var scopes = List.of(AxisRule.Scope.values());
    var scope = scopes.stream().filter(s -> given.equals(Optional.of(PlanKeys.of(s)))).findFirst();
    if (given.isPresent() && scope.isEmpty()) {
      var spellings = scopes.stream().map(PlanKeys::of).toList();
      var diagnostic =
          Diagnostic.of(
              PlanCode.UNKNOWN_SCOPE,
              fields.place(PlanKeys.SCOPE),
              "there is no scope \"" + given.get() + "\"");
      report.accept(
          Suggestions.closest(given.get(), spellings)
              .map(meant -> diagnostic.note("did you mean \"" + meant + "\"?"))
              .orElse(diagnostic));
    }
    return scope;
  }

  private void report(PlanCode code, Span span, String message) {
    report.accept(Diagnostic.of(code, span, message));
  }
}
