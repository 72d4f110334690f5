package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Gives a pair of loops other values that the backward takes from the forward, for all iterations
 * alike:
 *
 * <pre>{@code
 * %y, %saved_h = repeat %x;; %w (%c, %v) { %h = f %c, %v … yield %z, %h }
 * %d = repeat %d_y;; %w, %saved_h (%d_z, %v, %h) { … g %d_z, %h … }        // reverse
 * ---
 * %y, %saved_c = repeat %x;; %w (%c, %v) { %h = f %c, %v … yield %z, %c }
 * %d = repeat %d_y;; %w, %saved_c (%d_z, %v, %c) { %re_h = f %c, %v … g %d_z, %re_h … }
 * }</pre>
 *
 * or in pieces, of which some run forward again before their backward:
 *
 * <pre>{@code
 * %c = repeat %x;; %w[0:4] (…) { … yield %z }
 * %y, %saved_h = repeat %c;; %w[4:8] (…) { … yield %z, %h }
 * %d_c = repeat %d_y;; %w[4:8], %saved_h (…) { … }                         // reverse
 * %re_c, %re_saved_h = repeat %x;; %w[0:4] (…) { … yield %z, %h }
 * %d = repeat %d_c;; %w[0:4], %re_saved_h (…) { … }                        // reverse
 * }</pre>
 */
final class LoopRewrite {
  private final LoopPair pair;
  private final List<LoopStep> steps;
  private final int firstBack;

  /** Stacked results of the forward loop, by index, that others than its backward read. */
  private final List<Integer> readElsewhere;

  /** Values that are nothing but gradients of weights. */
  private final Set<Value> gradients;

  private final Map<LoopPiece, PieceRewrite> open = new HashMap<>();

  /** What is carried into an iteration, by its number, where a step left it. */
  private final Map<Long, List<Value>> carried = new HashMap<>();

  LoopRewrite(Function function, LoopPair pair, List<LoopStep> steps) {
    this.pair = pair;
    this.steps = List.copyOf(steps);
    this.firstBack =
        IntStream.range(0, steps.size())
            .filter(i -> steps.get(i) instanceof LoopStep.Back)
            .findFirst()
            .orElseThrow();
    this.readElsewhere = readElsewhere(function, pair);
    this.gradients = gradients(function);
  }

  /** The values that are nothing but gradients of weights. */
  private static Set<Value> gradients(Function function) {
    var gradients = new HashSet<Value>();
    for (int i : function.outputIndices(Port.Gradient.class)) {
      gradients.add(function.body().yields().get(i));
    }
    function.body().nodes().forEach(n -> n.operands().forEach(gradients::remove));
    return gradients;
  }

  /** The steps of a loop whose iterations are all treated alike. */
  static List<LoopStep> alike(LoopPair pair, Set<Value> kept) {
    var piece = new LoopPiece(Rows.all(pair.repeat().axis()), kept);
    return List.of(new LoopStep.Save(piece), new LoopStep.Back(piece));
  }

  private static List<Integer> readElsewhere(Function function, LoopPair pair) {
    return IntStream.range(pair.repeat().carried(), pair.forward().types().size())
        .filter(i -> isReadElsewhere(function, pair, pair.forward().result(i)))
        .boxed()
        .toList();
  }

  private static boolean isReadElsewhere(Function function, LoopPair pair, Value result) {
    if (function.body().yields().contains(result)) {
      return true;
    }
    var params = pair.backwardBody().params();
    return function.body().nodes().stream()
        .anyMatch(
            node ->
                IntStream.range(0, node.operands().size())
                    .filter(i -> node.operand(i).equals(result))
                    .anyMatch(
                        i ->
                            !node.equals(pair.backward())
                                || !pair.links().containsKey(params.get(i))));
  }

  /** Emits the steps before the first that runs backward. */
  void emitForward(Builder to, ValueMap outer) {
    var old = pair.forward();
    int count = pair.repeat().carried();
    carried.put(0L, outer.get(old.operands().subList(0, count)));
    var results = new TreeMap<Integer, List<Value>>();
    var views = new RowViews(pair.repeat().axis());
    for (var step : steps.subList(0, firstBack)) {
      run(step, new Target(to, outer, views), readElsewhere, "")
          .forEach((i, part) -> results.computeIfAbsent(i, _ -> new ArrayList<>()).add(part));
    }
    outer.putAll(old.results().subList(0, count), at(pair.repeat().axis().size()));
    results.forEach((i, parts) -> outer.put(old.result(i), views.joined(parts, to)));
  }

  /** Emits the other steps. */
  void emitBackward(Builder to, ValueMap outer) {
    var old = pair.backward();
    int count = ((Repeat) old.op()).carried();
    var back = outer.get(old.operands().subList(0, count));
    // Views of its own: one that the forward made would be saved for the backward.
    var views = new RowViews(pair.repeat().axis());
    var target = new Target(to, outer, views);
    var stacks = new ArrayList<List<Value>>();
    for (int i = count; i < old.types().size(); i++) {
      stacks.add(new ArrayList<>());
    }
    for (var step : steps.subList(firstBack, steps.size())) {
      if (step instanceof LoopStep.Back(var piece)) {
        var made = Objects.requireNonNull(open.remove(piece)).emitBackward(target, back);
        back = made.subList(0, count);
        for (int i = 0; i < stacks.size(); i++) {
          stacks.get(i).addFirst(made.get(count + i));
        }
      } else {
        run(step, target, List.of(), Recomputation.PREFIX);
      }
    }
    outer.putAll(old.results().subList(0, count), back);
    for (int i = 0; i < stacks.size(); i++) {
      var result = old.result(count + i);
      var parts = stacks.get(i);
      boolean isGradient = gradients.contains(result);
      outer.put(result, isGradient ? views.inPlace(parts, to) : views.joined(parts, to));
    }
  }

  /**
   * Where loops are written.
   *
   * @param outer images of the values of the function
   */
  record Target(Builder to, ValueMap outer, RowViews views) {
    Value rows(Value stack, Rows rows) {
      return views.of(outer.get(stack), rows, to);
    }
  }

  private Map<Integer, Value> run(LoopStep step, Target to, List<Integer> results, String prefix) {
    var piece =
        switch (step) {
          case LoopStep.Run(var rows) -> new LoopPiece(rows, Set.of());
          case LoopStep.Save(var saved) -> saved;
          case LoopStep.Back back -> throw new IllegalStateException("not forward: " + back);
        };
    var rewrite = new PieceRewrite(pair, piece);
    open.put(piece, rewrite);
    var made = rewrite.emitForward(to, at(piece.rows().first()), results, prefix);
    carried.put(piece.rows().end(), made.carried());
    return made.results();
  }

  private List<Value> at(long row) {
    return Objects.requireNonNull(carried.get(row), () -> "nothing is carried into " + row);
  }
}
