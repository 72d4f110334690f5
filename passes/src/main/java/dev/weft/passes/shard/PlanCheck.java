package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.Divisors;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether a plan's rules fit a program: known axes, divisible sizes. */
public final class PlanCheck {
  private final Plan plan;
  private final PlanPlaces places;
  private final Map<String, Long> sizes;
  private final Set<String> loops;

  private PlanCheck(Plan plan, PlanPlaces places, Function function) {
    this.plan = plan;
    this.places = places;
    this.sizes = sizes(function);
    this.loops = loops(function);
  }

  /**
   * What is wrong with the rules of a plan for a program, before it is sharded.
   *
   * @param places of the plan's parts in its text
   */
  public static List<Diagnostic> problems(Plan plan, PlanPlaces places, Function function) {
    var check = new PlanCheck(plan, places, function);
    return plan.shard().stream().flatMap(rule -> check.problem(rule).stream()).toList();
  }

  /**
   * Axes over which the optimizer is to be spread, but along which devices are no replicas: they
   * cut every weight, or weights and nothing of the batch.
   */
  static List<Diagnostic> weightProblems(Plan plan, Seeds seeds, Function function) {
    var problems = new ArrayList<Diagnostic>();
    int weights = function.inputIndices(Port.Weight.class).size();
    for (var axis : plan.optimizerSharding().all()) {
      var cut = weightsCutBy(axis, seeds, function);
      boolean isEach = weights > 1 && cut.size() == weights;
      if (!cut.isEmpty() && (cut.size() == weights || !plan.tiedReplicas().contains(axis))) {
        var message =
            "the optimizer is spread over `%s`, which cuts %s `%s`"
                .formatted(axis, isEach ? "every weight, such as" : "the weight", cut.getFirst());
        problems.add(Diagnostic.of(ShardCode.OPTIMIZER_AXIS_CUTS_WEIGHT, Span.NONE, message));
      }
    }
    return problems;
  }

  private static List<String> weightsCutBy(String axis, Seeds seeds, Function function) {
    return function.inputIndices(Port.Weight.class).stream()
        .filter(i -> seeds.ofInput(function.body().params().get(i).type()).cutting().contains(axis))
        .map(i -> function.inputs().get(i).name())
        .toList();
  }

  private Optional<Diagnostic> problem(AxisRule rule) {
    int parts = plan.mesh().size(rule.over());
    if (!sizes.containsKey(rule.axis())) {
      return Optional.of(unknown(rule));
    }
    if (loops.contains(rule.axis()) && parts > 1) {
      var message = "`" + rule.axis() + "` is the axis of a repeat";
      return Optional.of(Diagnostic.of(ShardCode.LOOP_AXIS, places.axis(plan, rule), message));
    }
    long size = sizes.get(rule.axis());
    return size % parts == 0 ? Optional.empty() : Optional.of(indivisible(rule, size, parts));
  }

  private Diagnostic unknown(AxisRule rule) {
    var message = "the model has no axis `" + rule.axis() + "`";
    var diagnostic = Diagnostic.of(ShardCode.UNKNOWN_AXIS, places.axis(plan, rule), message);
    return Suggestions.closest(rule.axis(), sizes.keySet())
        .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
        .orElseGet(() -> diagnostic.note("its axes are " + String.join(", ", sizes.keySet())));
  }

  private Diagnostic indivisible(AxisRule rule, long size, int parts) {
    var message =
        "axis `%s` of size %d is not divisible by %s = %d"
            .formatted(rule.axis(), size, String.join("*", rule.over()), parts);
    return Diagnostic.of(ShardCode.INDIVISIBLE, places.over(plan, rule), message)
        .note("the nearest degree that divides it is " + Divisors.nearest(size, parts));
  }

  private static Map<String, Long> sizes(Function function) {
    var sizes = new TreeMap<String, Long>();
    function.body().params().forEach(p -> collect(sizes, p));
    function.body().allNodes().flatMap(n -> n.results().stream()).forEach(v -> collect(sizes, v));
    return sizes;
  }

  private static void collect(Map<String, Long> sizes, Value value) {
    value.type().dims().forEach(d -> sizes.putIfAbsent(d.axis(), d.size()));
  }

  private static Set<String> loops(Function function) {
    var loops = new HashSet<String>();
    function.body().allNodes().map(Node::op).forEach(op -> addLoop(op, loops));
    return loops;
  }

  private static void addLoop(Op op, Set<String> loops) {
    if (op instanceof Repeat repeat) {
      loops.add(repeat.axis().axis());
    }
  }
}
