package dev.weft.ir.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void aRowIsTheListOfItsActions() {
    var actions = new ArrayList<Action>();
    for (int stage : new int[] {0, 1, 999_999}) {
      for (var phase : Phase.values()) {
        for (int micro : new int[] {0, 1, Integer.MAX_VALUE}) {
          actions.add(new Action(stage, phase, micro));
        }
      }
    }
    // More than a builder has room for at first.
    actions.addAll(List.copyOf(actions));
    var row = Row.of(actions);
    assertThat(row).isEqualTo(actions).hasSameHashCodeAs(actions);
    assertThat(row.stage(2)).isZero();
    assertThat(row.phase(2)).isEqualTo(Phase.FORWARD);
    assertThat(row.micro(2)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRowOfARowIsItself() {
    var row = Row.of(List.of(new Action(1, Phase.BACKWARD, 2)));
    assertThat(Row.of(row)).isSameAs(row);
  }

  @Test
  void refusesWhatIsNoAction() {
    var builder = new Row.Builder();
    assertThatThrownBy(() -> builder.add(-1, Phase.FORWARD, 0)).hasMessageContaining("stage -1");
    assertThatThrownBy(() -> builder.add(0, Phase.FORWARD, -1))
        .hasMessageContaining("micro-batch -1");
    assertThat(builder.build()).isEmpty();
  }
}
