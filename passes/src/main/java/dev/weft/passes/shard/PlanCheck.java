package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Whether a plan's rules fit a program: known axes, divisible sizes. */
final class PlanCheck {
  private PlanCheck() {}

  static List<Diagnostic> problems(Plan plan, Function function) {
    var sizes = sizes(function);
    var loops = loops(function);
    var problems = new ArrayList<Diagnostic>();
    for (var rule : plan.shard()) {
      problem(plan, rule, sizes, loops).ifPresent(problems::add);
    }
    return problems;
  }

  /** Weights that are cut along the axes over which the optimizer is spread. */
  static List<Diagnostic> weightProblems(Plan plan, Function sharded) {
    var problems = new ArrayList<Diagnostic>();
    for (int i : sharded.inputIndices(Port.Weight.class)) {
      var cut = sharded.body().params().get(i).sharding().orElseThrow().cutting();
      for (var axis : plan.optimizerSharding().over()) {
        if (cut.contains(axis)) {
          problems.add(
              Diagnostic.of(
                  ShardCode.OPTIMIZER_AXIS_CUTS_WEIGHT,
                  Span.NONE,
                  "weight `"
                      + sharded.inputs().get(i).name()
                      + "` is cut along `"
                      + axis
                      + "`, over which the optimizer is spread"));
        }
      }
    }
    return problems;
  }

  private static Optional<Diagnostic> problem(
      Plan plan, AxisRule rule, Map<String, Long> sizes, Set<String> loops) {
    var size = sizes.get(rule.axis());
    int parts = plan.mesh().size(rule.over());
    if (size == null) {
      var message = "the model has no axis `" + rule.axis() + "`";
      var closest = Suggestions.closest(rule.axis(), sizes.keySet());
      var diagnostic = Diagnostic.of(ShardCode.UNKNOWN_AXIS, Span.NONE, message);
      return Optional.of(
          closest.map(c -> diagnostic.note("did you mean `" + c + "`?")).orElse(diagnostic));
    }
    if (loops.contains(rule.axis()) && parts > 1) {
      var message = "`" + rule.axis() + "` is the axis of a repeat";
      return Optional.of(Diagnostic.of(ShardCode.LOOP_AXIS, Span.NONE, message));
    }
    if (size % parts == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.of(
                ShardCode.INDIVISIBLE,
                Span.NONE,
                "axis `"
                    + rule.axis()
                    + "` of size "
                    + size
                    + " is not divisible by "
                    + String.join("*", rule.over())
                    + " = "
                    + parts)
            .note("the nearest degree that divides it is " + nearestDivisor(size, parts)));
  }

  /** The divisor of a size that is nearest to a number; the smaller of two. */
  static long nearestDivisor(long size, long wanted) {
    return LongStream.rangeClosed(1, size)
        .filter(d -> size % d == 0)
        .boxed()
        .min(Comparator.comparingLong((Long d) -> Math.abs(d - wanted)).thenComparing(d -> d))
        .orElse(1L);
  }

  private static Map<String, Long> sizes(Function function) {
    var sizes = new TreeMap<String, Long>();
    function.body().params().forEach(p -> collect(sizes, p));
    function
        .body()
        .allNodes()
        .flatMap(n -> n.results().stream())
        .forEach(v -> collect(sizes, v));
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
