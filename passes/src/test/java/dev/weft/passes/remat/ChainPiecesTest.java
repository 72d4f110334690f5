package dev.weft.passes.remat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainAction.ForwardSaving;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainPiecesTest {
  private static final Set<Value> LITTLE = Set.of();
  private static final Set<Value> MUCH = Set.of(new Param("h", TensorType.of(DType.F64)));

  /** Stages of two rows each. */
  private static final List<Rows> LINKS =
      List.of(new Rows(0, 2), new Rows(2, 2), new Rows(4, 2), new Rows(6, 1));

  @Test
  void stagesThatKeepTheSameAreOneLoop() {
    assertThat(
            steps(
                new ForwardSaving(0, 0),
                new ForwardSaving(1, 0),
                new ForwardSaving(2, 1),
                new ForwardSaving(3, 1),
                new Backward(3),
                new Backward(2),
                new Backward(1),
                new Backward(0)))
        .containsExactly(
            save(0, 4, LITTLE), save(4, 7, MUCH), back(4, 7, MUCH), back(0, 4, LITTLE));
  }

  @Test
  void stagesThatRunOnAreOneLoopAndAreRunAgain() {
    assertThat(
            steps(
                new ForwardKeepingInput(0),
                new Forward(1),
                new ForwardSaving(2, 1),
                new ForwardSaving(3, 1),
                new Backward(3),
                new Backward(2),
                new ForwardSaving(0, 1),
                new ForwardSaving(1, 1),
                new Backward(1),
                new Backward(0)))
        .containsExactly(
            new LoopStep.Run(new Rows(0, 4)),
            save(4, 7, MUCH),
            back(4, 7, MUCH),
            save(0, 4, MUCH),
            back(0, 4, MUCH));
  }

  /** The input of a stage that runs later from there is kept: no loop may run past it. */
  @Test
  void aRunEndsWhereAnInputIsKept() {
    assertThat(
            steps(
                new ForwardKeepingInput(0),
                new ForwardKeepingInput(1),
                new Forward(2),
                new ForwardSaving(3, 0),
                new Backward(3),
                new ForwardSaving(1, 0),
                new ForwardSaving(2, 0),
                new Backward(2),
                new Backward(1),
                new ForwardSaving(0, 0),
                new Backward(0)))
        .startsWith(new LoopStep.Run(new Rows(0, 2)), new LoopStep.Run(new Rows(2, 4)));
  }

  private static List<LoopStep> steps(ChainAction... actions) {
    return new ChainPieces(LINKS, List.of(LITTLE, MUCH)).steps(List.of(actions));
  }

  private static LoopStep save(long first, long end, Set<Value> kept) {
    return new LoopStep.Save(new LoopPiece(Rows.between(first, end), kept));
  }

  private static LoopStep back(long first, long end, Set<Value> kept) {
    return new LoopStep.Back(new LoopPiece(Rows.between(first, end), kept));
  }
}
