package dev.weft.passes.stage;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which iterations of the model's repeats each stage has. */
final class Pieces {
  private final PipelinePlan plan;
  private final Map<String, List<Node>> repeats = new LinkedHashMap<>();
  private final List<Diagnostic> problems = new ArrayList<>();

  private Pieces(Function model, PipelinePlan plan) {
    this.plan = plan;
    for (var node : model.body().nodes()) {
      if (node.op() instanceof Repeat repeat) {
        repeats.computeIfAbsent(repeat.label(), _ -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The pieces of each repeat at the top of a model, in the order of the iterations. */
  static Checked<Map<Node, List<Piece>>> of(Function model, PipelinePlan plan) {
    return new Pieces(model, plan).find();
  }

  private Checked<Map<Node, List<Piece>>> find() {
    if (repeats.isEmpty()) {
      var message = "the model has no repeat, and the plan has " + plan.stages().size() + " stages";
      problems.add(Diagnostic.of(StageCode.NOTHING_TO_STAGE, Span.NONE, message));
    }
    requireKnown();
    requireFilled();
    var pieces = new LinkedHashMap<Node, List<Piece>>();
    if (problems.isEmpty()) {
      repeats.forEach((label, nodes) -> nodes.forEach(n -> pieces.put(n, pieces(label, n))));
    }
    return problems.isEmpty() ? Checked.ok(pieces) : Checked.failed(problems);
  }

  private List<Piece> pieces(String label, Node node) {
    var pieces = new ArrayList<Piece>();
    long next = 0;
    for (int s = 0; s < plan.stages().size(); s++) {
      long count = plan.stages().get(s).layers().getOrDefault(label, 0);
      if (count > 0) {
        pieces.add(new Piece(s, next, count));
        next += count;
      }
    }
    long wanted = ((Repeat) node.op()).axis().size();
    if (next != wanted) {
      var message =
          "`%s` has %d layers, and the stages together have %d".formatted(label, wanted, next);
      problems.add(Diagnostic.of(StageCode.LAYER_COUNT, node.span(), message));
    }
    return pieces;
  }

  private void requireKnown() {
    var named = new TreeSet<String>();
    plan.stages().forEach(s -> named.addAll(s.layers().keySet()));
    named.removeAll(repeats.keySet());
    for (var label : named) {
      var message = "the model has no repeat `" + label + "`";
      var diagnostic = Diagnostic.of(StageCode.UNKNOWN_REPEAT, Span.NONE, message);
      problems.add(
          Suggestions.closest(label, repeats.keySet())
              .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
              .orElse(diagnostic.note("its repeats are " + String.join(", ", repeats.keySet()))));
    }
  }

  private void requireFilled() {
    for (int s = 1; s < plan.stages().size() - 1; s++) {
      if (plan.stages().get(s).layers().values().stream().allMatch(n -> n == 0)) {
        var message = "stage " + s + " of " + plan.stages().size() + " has no layers";
        problems.add(Diagnostic.of(StageCode.EMPTY_STAGE, Span.NONE, message));
      }
    }
  }
}
