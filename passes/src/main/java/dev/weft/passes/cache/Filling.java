package dev.weft.passes.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fills a room with what saves most: an exact knapsack with several pieces of each kind, by the
 * frontier of sums that no other sum beats in both bytes and savings.
 */
public final class Filling {
  private Filling() {}

  /**
   * Pieces that are alike.
   *
   * @param bytes of one piece, at least 1
   * @param saved what a piece in the room saves
   * @param most how many there are
   */
  public record Kind(long bytes, long saved, int most) {}

  /**
   * Some pieces of the kinds seen so far.
   *
   * @param count of the last kind
   */
  private record Sum(long bytes, long saved, int count, Optional<Sum> before) {
    Sum plus(Kind kind, int count) {
      return new Sum(
          bytes + count * kind.bytes(), saved + count * kind.saved(), count, Optional.of(this));
    }
  }

  /** How many pieces of each kind save most; where that is equal, those of the fewest bytes. */
  public static List<Integer> of(List<Kind> kinds, long capacity) {
    var frontier = List.of(new Sum(0, 0, 0, Optional.empty()));
    for (var kind : kinds) {
      var sums = new ArrayList<Sum>();
      for (var sum : frontier) {
        for (int n = 0; n <= kind.most() && sum.bytes() + n * kind.bytes() <= capacity; n++) {
          sums.add(sum.plus(kind, n));
        }
      }
      frontier = unbeaten(sums);
    }
    var counts = new ArrayList<Integer>();
    Optional<Sum> sum = Optional.of(frontier.getLast());
    for (int i = 0; i < kinds.size(); i++) {
      counts.addFirst(sum.orElseThrow().count());
      sum = sum.flatMap(Sum::before);
    }
    return counts;
  }

  /** By bytes, each saving more than all before it. */
  private static List<Sum> unbeaten(List<Sum> sums) {
    sums.sort(
        Comparator.comparingLong(Sum::bytes).thenComparing(Sum::saved, Comparator.reverseOrder()));
    var unbeaten = new ArrayList<Sum>();
    for (var sum : sums) {
      if (unbeaten.isEmpty() || sum.saved() > unbeaten.getLast().saved()) {
        unbeaten.add(sum);
      }
    }
    return unbeaten;
  }
}
