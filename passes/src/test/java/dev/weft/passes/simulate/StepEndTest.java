package dev.weft.passes.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.passes.simulate.StepEnd.Gradients;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The reduction of gradients, by hand: a place whose work ends at 10. */
class StepEndTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** Four layers whose last backward runs from 6 to 10. */
  private static Gradients layers(double seconds) {
    return new Gradients(0, 4, 6, 10, seconds);
  }

  private static StepEnd end(double overlap, double slowdown, Gradients... stages) {
    var software =
        Jobs.software("\"gradientOverlap\": " + overlap + ", \"overlapSlowdown\": " + slowdown);
    return StepEnd.of(List.of(stages), 10, software);
  }

  @Test
  void withoutOverlapItFollowsTheWork() {
    assertThat(end(0, 0.5, layers(2)).seconds()).isCloseTo(2, EXACT);
    assertThat(end(0, 0.5, layers(2)).pieces()).isEmpty();
  }

  /** A layer's gradients are there at 7, 8, 9 and 10: only the last layer's sum is seen. */
  @Test
  void theLastLayerIsAlwaysSeen() {
    assertThat(end(1, 0, layers(2)).seconds()).isCloseTo(0.5, EXACT);
    assertThat(end(0.5, 0, layers(2)).seconds()).isCloseTo(1 + 0.25, EXACT);
  }

  /** From 7 on without a pause: it ends 8 later, 5 after the work. */
  @Test
  void aReductionLongerThanTheBackwardRunsOn() {
    var end = end(1, 0, layers(8));
    assertThat(end.seconds()).isCloseTo(5, EXACT);
    assertThat(end.pieces()).containsExactly(new StepEnd.Piece(0, 7, 15));
  }

  /** An earlier stage is reduced behind the work of the others. */
  @Test
  void stagesThatEndEarlyHideAllOfTheirs() {
    var early = new Gradients(1, 1, 2, 4, 3);
    assertThat(end(1, 0, early, layers(0)).seconds()).isCloseTo(0, EXACT);
    assertThat(end(1, 0.1, early, layers(0)).seconds()).isCloseTo(0.3, EXACT);
  }
}
