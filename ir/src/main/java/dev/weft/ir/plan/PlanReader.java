package dev.weft.ir.plan;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a plan's JSON and reports everything that is wrong with it. */
final class PlanReader {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final MeshAxes meshAxes = new MeshAxes(diagnostics::add);
  private final Map<RuleKey, Span> rules = new HashMap<>();

  /** What may have one rule at most. */
  private record RuleKey(String axis, AxisRule.Scope scope) {}

  static Checked<Plan> read(Source source) {
    var json = JsonReader.read(source);
    return json.value()
        .map(root -> new PlanReader().document(root))
        .orElseGet(() -> Checked.failed(json.diagnostics()));
  }

  private Checked<Plan> document(Json root) {
    if (!(root instanceof Json.Members object)) {
      var message = "a plan is a JSON object, not " + root.described();
      return Checked.failed(Diagnostic.of(PlanCode.WRONG_TYPE, root.span(), message));
    }
    var plan = plan(new Fields(object, PlanKeys.PLAN, diagnostics::add));
    diagnostics.sort(Comparator.comparingInt(d -> d.span().start()));
    return diagnostics.stream().anyMatch(Diagnostic::isError)
        ? Checked.failed(diagnostics)
        : new Checked<>(plan, diagnostics);
  }

  private Optional<Plan> plan(Fields fields) {
    fields.require(PlanKeys.VERSION, PlanKeys.MESH);
    version(fields);
    var mesh = meshAxes.mesh(fields);
    var shard = new ArrayList<AxisRule>();
    for (var item : fields.items(PlanKeys.SHARD)) {
      rule(fields, item).ifPresent(shard::add);
    }
    int microBatches = microBatches(fields);
    var optimizer = fields.members(PlanKeys.OPTIMIZER_SHARDING).map(this::optimizer);
    if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
      meshAxes.reportUnused();
    }
    return mesh.map(
        m -> new Plan(m, shard, microBatches, optimizer.orElse(OptimizerSharding.NONE)));
  }

  private void version(Fields fields) {
    var version = fields.integer(PlanKeys.VERSION);
    if (version.isPresent() && version.getAsInt() != Plan.VERSION) {
      report(
          PlanCode.VERSION,
          fields.place(PlanKeys.VERSION),
          "this plan has version " + version.getAsInt() + ", not " + Plan.VERSION);
    }
  }

  private int microBatches(Fields fields) {
    int count = fields.integer(PlanKeys.MICRO_BATCHES).orElse(1);
    if (count < 1) {
      var message = count + " micro-batches: the least is 1";
      report(PlanCode.MICRO_BATCHES, fields.place(PlanKeys.MICRO_BATCHES), message);
    }
    return Math.max(1, count);
  }

  private Optional<AxisRule> rule(Fields plan, Json item) {
    if (!(item instanceof Json.Members object)) {
      return plan.wrong("a rule of \"shard\"", "an object", item);
    }
    var fields = new Fields(object, PlanKeys.RULE, diagnostics::add);
    fields.require(PlanKeys.AXIS, PlanKeys.OVER);
    var axis = fields.text(PlanKeys.AXIS);
    var over = meshAxes.over(fields);
    var scope = scope(fields);
    var why = fields.text(PlanKeys.WHY).orElse("");
    meshAxes.use(over);
    requireSomething(fields);
    if (axis.isEmpty() || scope.isEmpty()) {
      return Optional.empty();
    }
    requireFirst(axis.get(), scope.get(), fields.place(PlanKeys.AXIS));
    return Optional.of(new AxisRule(axis.get(), over, scope.get(), why));
  }

  private void requireSomething(Fields rule) {
    boolean isEmpty = rule.find(PlanKeys.OVER).filter(this::isEmptyList).isPresent();
    if (isEmpty) {
      report(PlanCode.EMPTY_RULE, rule.place(PlanKeys.OVER), "this rule names no mesh axis");
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

  private boolean isEmptyList(Json value) {
    return value instanceof Json.Items items && items.items().isEmpty();
  }

  private void requireFirst(String axis, AxisRule.Scope scope, Span place) {
    var key = new RuleKey(axis, scope);
    var first = Optional.ofNullable(rules.putIfAbsent(key, place));
    first.ifPresent(
        span ->
            diagnostics.add(
                Diagnostic.of(
                        PlanCode.REPEATED_RULE,
                        place,
                        "the axis \""
                            + axis
                            + "\" has a rule of scope `"
                            + PlanKeys.of(scope)
                            + "` already")
                    .note(span, "first here")));
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
      diagnostics.add(
          Suggestions.closest(given.get(), spellings)
              .map(meant -> diagnostic.note("did you mean \"" + meant + "\"?"))
              .orElse(diagnostic));
    }
    return scope;
  }

  private OptimizerSharding optimizer(Json.Members object) {
    var fields = new Fields(object, PlanKeys.OPTIMIZER, diagnostics::add);
    fields.require(PlanKeys.LEVEL);
    var level = fields.integer(PlanKeys.LEVEL);
    var over = meshAxes.over(fields);
    if (isIn(level, 1, 1)) {
      fields.require(PlanKeys.OVER);
      requireSomething(fields);
    } else if (level.isPresent() && !isIn(level, 0, 1)) {
      var message = "level " + level.getAsInt() + " is not in this version; levels are 0 and 1";
      report(PlanCode.OPTIMIZER_LEVEL, fields.place(PlanKeys.LEVEL), message);
    }
    return new OptimizerSharding(isIn(level, 1, 1) ? 1 : 0, over);
  }

  private static boolean isIn(OptionalInt number, int least, int greatest) {
    return number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= greatest;
  }

  private void report(PlanCode code, Span span, String message) {
    diagnostics.add(Diagnostic.of(code, span, message));
  }
}
