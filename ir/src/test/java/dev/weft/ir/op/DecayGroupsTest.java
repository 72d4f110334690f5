package dev.weft.ir.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.DecayGroups.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecayGroupsTest {
  private static final List<String> OVER = List.of("dp");

  @Test
  void neighboursOfEqualDecayAreOneRange() {
    var ranges = List.of(new Range(2, 0.1), new Range(3, 0.1), new Range(1, 0), new Range(4, 0.1));
    var groups = DecayGroups.merged(ranges, OVER);
    assertThat(groups.ranges())
        .containsExactly(new Range(5, 0.1), new Range(1, 0), new Range(4, 0.1));
    assertThat(groups.over()).isEqualTo(OVER);
  }

  @Test
  void whereNothingDecaysThereAreNoGroups() {
    assertThat(DecayGroups.merged(List.of(new Range(2, 0), new Range(3, 0)), OVER))
        .isEqualTo(DecayGroups.NONE);
  }

  /** Shares of three elements of 0.1 0.1 0 0.2 0.2, padded to six. */
  @Test
  void aShareHasTheDecayOfItsOwnElements() {
    var ranges = List.of(new Range(2, 0.1), new Range(1, 0), new Range(2, 0.2));
    var groups = new DecayGroups(ranges, OVER);
    assertThat(groups.of(0, 3)).containsExactly(0.1, 0.1, 0);
    assertThat(groups.of(3, 3)).containsExactly(0.2, 0.2, 0);
    assertThat(groups.of(1, 4)).containsExactly(0.1, 0, 0.2, 0.2);
  }
}
