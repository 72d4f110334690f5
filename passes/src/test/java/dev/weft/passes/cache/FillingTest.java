package dev.weft.passes.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FillingTest {
  @Test
  void noRoomHoldsNothing() {
    assertThat(Filling.of(List.of(new Filling.Kind(3, 9, 4)), 2)).containsExactly(0);
  }

  @Test
  void savingsCountAndNotSizes() {
    var kinds = List.of(new Filling.Kind(5, 5, 1), new Filling.Kind(2, 4, 3));
    assertThat(Filling.of(kinds, 6)).containsExactly(0, 3);
  }

  @Test
  void ofEqualSavingsTheSmallestIsTaken() {
    var kinds = List.of(new Filling.Kind(5, 6, 1), new Filling.Kind(3, 6, 1));
    assertThat(Filling.of(kinds, 6)).containsExactly(0, 1);
  }

  @Test
  void nothingSavesMore() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var kinds = new ArrayList<Filling.Kind>();
      for (int i = 0; i < 4; i++) {
        kinds.add(
            new Filling.Kind(1 + random.nextInt(9), random.nextInt(20), 1 + random.nextInt(3)));
      }
      long room = random.nextInt(40);
      var counts = Filling.of(kinds, room);
      assertThat(sum(kinds, counts, true)).isLessThanOrEqualTo(room);
      assertThat(sum(kinds, counts, false)).as("seed %d", seed).isEqualTo(most(kinds, 0, room));
    }
  }

  private static long sum(List<Filling.Kind> kinds, List<Integer> counts, boolean bytes) {
    long sum = 0;
    for (int i = 0; i < kinds.size(); i++) {
      sum += counts.get(i) * (bytes ? kinds.get(i).bytes() : kinds.get(i).saved());
    }
    return sum;
  }

  private static long most(List<Filling.Kind> kinds, int at, long room) {
    if (at == kinds.size()) {
      return 0;
    }
    long best = 0;
    var kind = kinds.get(at);
    for (int n = 0; n <= kind.most() && n * kind.bytes() <= room; n++) {
      best = Math.max(best, n * kind.saved() + most(kinds, at + 1, room - n * kind.bytes()));
    }
    return best;
  }
}
