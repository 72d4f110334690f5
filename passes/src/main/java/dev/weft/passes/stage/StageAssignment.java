package dev.weft.passes.stage;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stage of every node. Pieces of repeats have theirs by the plan. What follows from a piece
 * stands as early as its operands allow; what precedes all pieces, as late as its users allow. What
 * depends on no weight and on no piece is <em>free</em>: each stage that needs it computes it.
 */
final class StageAssignment {
  private final Function function;
  private final PipelinePlan plan;
  private final Map<Node, Integer> stages;
  private final Set<Node> early = new HashSet<>();
  private final Set<Node> free = new HashSet<>();

  private StageAssignment(Function function, PipelinePlan plan, Map<Node, Integer> fixed) {
    this.function = function;
    this.plan = plan;
    this.stages = new HashMap<>(fixed);
  }

  static StageAssignment of(SplitRepeats.Split split, PipelinePlan plan) {
    var assignment = new StageAssignment(split.function(), plan, split.stages());
    assignment.assign(split.stages().keySet());
    return assignment;
  }

  /** The stage that makes a value; empty for a parameter and for what is free. */
  Optional<Integer> stage(Value value) {
    return value instanceof Result(var node, var _)
        ? Optional.ofNullable(stages.get(node))
        : Optional.empty();
  }

  boolean isFree(Node node) {
    return free.contains(node);
  }

  Optional<Integer> stage(Node node) {
    return Optional.ofNullable(stages.get(node));
  }

  /** A node that needs a value of a later stage, if there is one. */
  Optional<Node> disorder() {
    return function.body().nodes().stream()
        .filter(n -> !free.contains(n))
        .filter(
            n ->
                n.operands().stream()
                    .flatMap(v -> stage(v).stream())
                    .anyMatch(s -> s > stages.getOrDefault(n, s)))
        .findFirst();
  }

  private void assign(Set<Node> pieces) {
    var weighty = new HashSet<Value>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      weighty.add(function.body().params().get(i));
    }
    var fixed = Set.copyOf(pieces);
    for (var node : function.body().nodes()) {
      var latest = node.operands().stream().flatMap(v -> stage(v).stream()).max(Integer::compare);
      boolean withWeights = node.operands().stream().anyMatch(weighty::contains);
      if (withWeights) {
        weighty.addAll(node.results());
      }
      if (!fixed.contains(node)) {
        if (latest.isPresent()) {
          stages.put(node, latest.get());
        } else {
          (withWeights ? early : free).add(node);
        }
      }
    }
    sinkEarly();
    fillFirst(fixed);
    fillLast(fixed);
  }

  /** What precedes the pieces goes to its first user. */
  private void sinkEarly() {
    var users = new HashMap<Node, List<Node>>();
    for (var node : function.body().nodes()) {
      for (var operand : node.operands()) {
        if (operand instanceof Result(var maker, var _)) {
          users.computeIfAbsent(maker, _ -> new ArrayList<>()).add(node);
        }
      }
    }
    for (var node : function.body().nodes().reversed()) {
      if (early.contains(node)) {
        int first =
            users.getOrDefault(node, List.of()).stream()
                .flatMap(u -> Optional.ofNullable(stages.get(u)).stream())
                .min(Integer::compare)
                .orElse(0);
        stages.put(node, first);
      }
    }
  }

  /** A first stage without layers takes what precedes the first piece. */
  private void fillFirst(Set<Node> fixed) {
    int first = fixed.stream().mapToInt(n -> stages.getOrDefault(n, 0)).min().orElse(0);
    if (first == 1) {
      early.stream().filter(n -> stages.getOrDefault(n, 0) == first).forEach(n -> stages.put(n, 0));
    }
  }

  /** A last stage without layers takes what follows the last piece. */
  private void fillLast(Set<Node> fixed) {
    int last = fixed.stream().mapToInt(n -> stages.getOrDefault(n, 0)).max().orElse(0);
    int end = plan.stages().size() - 1;
    if (last == end - 1) {
      for (var node : function.body().nodes()) {
        boolean follows = stages.getOrDefault(node, -1) == last && !fixed.contains(node);
        if (follows && !early.contains(node)) {
          stages.put(node, end);
        }
      }
    }
  }
}
