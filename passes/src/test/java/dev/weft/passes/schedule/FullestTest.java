package dev.weft.passes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.ScheduleKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FullestTest {
  /** What an order says without making its row is what the row shows. */
  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void everyOrderKnowsWhenItsRowsKeepMost(ScheduleKind kind) {
    for (int devices = 1; devices <= 6; devices++) {
      for (int chunks : StageShape.of(kind).chunks().map(List::of).orElse(List.of(1, 2, 3, 4))) {
        for (int micro = 1; micro <= 26; micro++) {
          var said = Schedules.fullest(kind, devices, chunks, micro);
          var rows = Schedules.unproved(kind, devices, chunks, micro).rows();
          for (int device = 0; device < devices; device++) {
            assertThat(said.get(device))
                .as("%s, device %d of %d, %d chunks, %d", kind, device, devices, chunks, micro)
                .usingRecursiveComparison()
                .isEqualTo(Fullest.of(rows.get(device)));
          }
        }
      }
    }
  }

  /** One at a time, until weight gradients wait for the first device: then two more. */
  @Test
  void weightGradientsThatAreHeldBackKeepActivations() {
    var row = Samples.schedule(ScheduleKind.ZB_H2, 2, 4).rows().get(1);
    var fullest = Fullest.of(row);
    assertThat(fullest.stage()).isEqualTo(1);
    assertThat(fullest.kept()).containsExactly(3);
    assertThat(fullest.made()).containsExactly(true);
  }

  @Test
  void chunksAreKeptSideBySide() {
    var fullest = Schedules.fullest(ScheduleKind.INTERLEAVED, 2, 2, 4);
    assertThat(fullest.getFirst().kept()).containsExactly(3, 2);
    assertThat(fullest.getFirst().stage()).isZero();
    assertThat(fullest.getLast().kept()).containsExactly(2, 1);
    assertThat(fullest.getLast().stage()).isEqualTo(3);
    assertThat(fullest.getLast().made()).containsExactly(false, false);
  }
}
