package dev.weft.passes.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FurthestNextUseTest {
  private static final int CASES = 300;

  @Test
  void whatIsUsedAgainLastMakesRoom() {
    var steps = FurthestNextUse.plan(uses("a", "b", "c", "a", "b", "c"), _ -> 1, 2);
    assertThat(steps.stream().map(s -> String.join("", s.fetched())))
        .containsExactly("a", "b", "c", "", "b", "");
    assertThat(steps.stream().map(s -> String.join("", s.evicted())))
        .containsExactly("", "", "b", "", "", "");
  }

  @Test
  void whatFitsIsFetchedOnce() {
    var steps = FurthestNextUse.plan(uses("a", "b", "a", "b"), _ -> 3, 6);
    assertThat(FurthestNextUse.fetchedBytes(steps, _ -> 3)).isEqualTo(6);
    assertThat(steps).allSatisfy(s -> assertThat(s.evicted()).isEmpty());
  }

  @Test
  void aUseThatCannotFitIsRefused() {
    assertThatThrownBy(() -> FurthestNextUse.plan(List.of(Set.of("a", "b")), _ -> 2, 3))
        .hasMessageContaining("4 bytes");
  }

  /** A sweep through L layers and back with room for C fetches L, then L - C in every sweep. */
  @Test
  void sweepsFetchWhatHasNoRoom() {
    int layers = 7;
    int room = 3;
    int sweeps = 8;
    var uses = new ArrayList<Set<Integer>>();
    for (int s = 0; s < sweeps; s++) {
      for (int at = 0; at < layers; at++) {
        uses.add(Set.of(s % 2 == 0 ? at : layers - 1 - at));
      }
    }
    var steps = FurthestNextUse.plan(uses, _ -> 1, room);
    assertThat(FurthestNextUse.fetchedBytes(steps, _ -> 1))
        .isEqualTo(layers + (sweeps - 1) * (layers - room));
  }

  @Test
  void equalSizesFetchAsLittleAsAnyChoice() {
    for (int seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      var uses = drawn(random, 4, 9);
      int room = most(uses, _ -> 1L) + random.nextInt(2);
      var steps = FurthestNextUse.plan(uses, _ -> 1, room);
      assertLegal(uses, steps, _ -> 1L, room);
      assertThat(FurthestNextUse.fetchedBytes(steps, _ -> 1))
          .as("seed %d: %s, room for %d", seed, uses, room)
          .isEqualTo(least(uses, 0, Set.of(), room, new HashMap<>()));
    }
  }

  @Test
  void unequalSizesFetchNoMoreThanTheLeastRecentlyUsed() {
    for (int seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      var sizes = new Random(seed).longs(8, 1, 9).toArray();
      var uses = drawn(random, 8, 30);
      int room = most(uses, i -> sizes[i]) + random.nextInt(8);
      var steps = FurthestNextUse.plan(uses, i -> sizes[i], room);
      assertLegal(uses, steps, i -> sizes[i], room);
      assertThat(FurthestNextUse.fetchedBytes(steps, i -> sizes[i]))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(leastRecentlyUsed(uses, sizes, room));
    }
  }

  private interface Size {
    long of(int item);
  }

  private static List<Set<String>> uses(String... items) {
    return List.of(items).stream().map(Set::of).toList();
  }

  private static List<Set<Integer>> drawn(Random random, int items, int length) {
    var uses = new ArrayList<Set<Integer>>();
    for (int at = 0; at < length; at++) {
      var use = new LinkedHashSet<Integer>();
      for (int n = random.nextInt(4) == 0 ? 2 : 1; n > 0; n--) {
        use.add(random.nextInt(items));
      }
      uses.add(use);
    }
    return uses;
  }

  private static int most(List<Set<Integer>> uses, Size size) {
    return (int) uses.stream().mapToLong(u -> u.stream().mapToLong(size::of).sum()).max().orElse(0);
  }

  /** Every use finds what it needs, and what is there never takes more than the room. */
  private static void assertLegal(
      List<Set<Integer>> uses, List<CacheStep<Integer>> steps, Size size, long room) {
    var here = new HashSet<Integer>();
    for (int at = 0; at < uses.size(); at++) {
      assertThat(here).containsAll(steps.get(at).evicted());
      here.removeAll(steps.get(at).evicted());
      assertThat(steps.get(at).fetched()).noneMatch(here::contains);
      here.addAll(steps.get(at).fetched());
      assertThat(here).containsAll(uses.get(at));
      assertThat(here.stream().mapToLong(size::of).sum()).isLessThanOrEqualTo(room);
      var rest = uses.subList(at + 1, uses.size());
      here.removeIf(item -> rest.stream().noneMatch(use -> use.contains(item)));
    }
  }

  /** The fewest fetches of all ways to evict. */
  private static long least(
      List<Set<Integer>> uses, int at, Set<Integer> here, int room, Map<String, Long> known) {
    if (at == uses.size()) {
      return 0;
    }
    var key = at + ":" + here;
    var before = known.get(key);
    if (before != null) {
      return before;
    }
    var use = uses.get(at);
    long fetched = use.stream().filter(i -> !here.contains(i)).count();
    long best = Long.MAX_VALUE;
    var others = here.stream().filter(i -> !use.contains(i)).sorted().toList();
    for (int kept = 0; kept < 1 << others.size(); kept++) {
      var next = new HashSet<>(use);
      for (int i = 0; i < others.size(); i++) {
        if ((kept >> i & 1) == 1) {
          next.add(others.get(i));
        }
      }
      if (next.size() <= room) {
        best = Math.min(best, fetched + least(uses, at + 1, next, room, known));
      }
    }
    known.put(key, best);
    return best;
  }

  private static long leastRecentlyUsed(List<Set<Integer>> uses, long[] sizes, long room) {
    var here = new LinkedHashSet<Integer>();
    long fetched = 0;
    for (var use : uses) {
      long missing = use.stream().filter(i -> !here.contains(i)).mapToLong(i -> sizes[i]).sum();
      fetched += missing;
      here.removeAll(use);
      long rest = use.stream().mapToLong(i -> sizes[i]).sum();
      while (here.stream().mapToLong(i -> sizes[i]).sum() + rest > room) {
        here.removeFirst();
      }
      here.addAll(use);
    }
    return fetched;
  }
}
