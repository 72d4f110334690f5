package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainAction.ForwardSaving;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The steps of a chain's execution, with neighbours that do the same put together: stages that run
 * on become one loop, and so do those that keep the same.
 */
final class ChainPieces {
  private final List<Rows> links;
  private final List<Set<Value>> savings;
  private final List<LoopStep> steps = new ArrayList<>();

  /** Pieces that were saved, the last of them first. */
  private final Deque<LoopPiece> open = new ArrayDeque<>();

  /**
   * Steps of a chain.
   *
   * @param links the rows of each stage
   * @param savings the values of each saving
   */
  ChainPieces(List<Rows> links, List<Set<Value>> savings) {
    this.links = links;
    this.savings = savings;
  }

  List<LoopStep> steps(List<ChainAction> actions) {
    steps.clear();
    actions.forEach(this::add);
    return List.copyOf(steps);
  }

  private void add(ChainAction action) {
    var rows = links.get(action.stage());
    switch (action) {
      case ForwardKeepingInput _ -> steps.add(new LoopStep.Run(rows));
      case Forward _ -> runOn(rows);
      case ForwardSaving(_, int saving) -> save(rows, savings.get(saving));
      case Backward _ -> back(rows);
    }
  }

  private void runOn(Rows rows) {
    var run = (LoopStep.Run) steps.removeLast();
    steps.add(new LoopStep.Run(Rows.between(run.rows().first(), rows.end())));
  }

  /** What keeps the same as the stage before it joins it. */
  private void save(Rows rows, Set<Value> kept) {
    var piece = new LoopPiece(rows, kept);
    if (!steps.isEmpty()
        && steps.getLast() instanceof LoopStep.Save(var before)
        && before.kept().equals(kept)
        && before.rows().end() == rows.first()) {
      steps.removeLast();
      open.remove();
      piece = new LoopPiece(Rows.between(before.rows().first(), rows.end()), kept);
    }
    steps.add(new LoopStep.Save(piece));
    open.push(piece);
  }

  /** A piece runs backward as a whole when its last stage is to. */
  private void back(Rows rows) {
    if (!open.isEmpty() && open.element().rows().end() == rows.end()) {
      steps.add(new LoopStep.Back(open.remove()));
    }
  }
}
