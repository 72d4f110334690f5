package dev.weft.passes.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A cache whose uses are all known: what makes room is what is used again furthest in the future
 * (Belady 1966), which moves the fewest bytes where all sizes are equal. For unequal sizes the
 * question is NP-hard (Chrobak et al. 2012); then the rule is compared with evicting what was used
 * least recently, and the better of the two is taken.
 *
 * <pre>{@code
 * uses, with room for two   a b c a b c
 * fetched                   a b c . b .
 * evicted                   . . b . . .
 * }</pre>
 */
public final class FurthestNextUse<T> {
  private final List<? extends Set<T>> uses;
  private final ToLongFunction<T> bytes;
  private final long capacity;
  private final Map<T, TreeSet<Integer>> times = new HashMap<>();

  private FurthestNextUse(List<? extends Set<T>> uses, ToLongFunction<T> bytes, long capacity) {
    this.uses = uses;
    this.bytes = bytes;
    this.capacity = capacity;
    for (int at = 0; at < uses.size(); at++) {
      for (var item : uses.get(at)) {
        times.computeIfAbsent(item, _ -> new TreeSet<>()).add(at);
      }
    }
  }

  /**
   * What is fetched and evicted at each use.
   *
   * @param uses what is needed at once, in order; the order within a use breaks ties
   * @param capacity bytes; no use alone may need more
   */
  public static <T> List<CacheStep<T>> plan(
      List<? extends Set<T>> uses, ToLongFunction<T> bytes, long capacity) {
    var cache = new FurthestNextUse<T>(uses, bytes, capacity);
    var furthest = cache.steps(Order.NEXT_USE);
    var recent = cache.steps(Order.LAST_USE);
    return fetchedBytes(recent, bytes) < fetchedBytes(furthest, bytes) ? recent : furthest;
  }

  /** The bytes that steps fetch. */
  public static <T> long fetchedBytes(List<CacheStep<T>> steps, ToLongFunction<T> bytes) {
    return steps.stream().flatMap(s -> s.fetched().stream()).mapToLong(bytes).sum();
  }

  /** Who goes first. */
  private enum Order {
    NEXT_USE,
    LAST_USE
  }

  private List<CacheStep<T>> steps(Order order) {
    var here = new LinkedHashSet<T>();
    var steps = new ArrayList<CacheStep<T>>();
    for (int at = 0; at < uses.size(); at++) {
      var use = uses.get(at);
      var fetched = new LinkedHashSet<>(use);
      fetched.removeAll(here);
      var evicted = victims(here, use, bytes(fetched), at, order);
      here.removeAll(evicted);
      here.addAll(fetched);
      steps.add(new CacheStep<>(fetched, evicted));
      int now = at;
      here.removeIf(item -> next(item, now) == Integer.MAX_VALUE);
    }
    return steps;
  }

  private Set<T> victims(Set<T> here, Set<T> use, long coming, int at, Order order) {
    long excess = bytes(here) + coming - capacity;
    var others = new ArrayList<>(here);
    others.removeAll(use);
    if (excess > bytes(others)) {
      throw new IllegalArgumentException(
          "a use of " + bytes(use) + " bytes is more than the capacity of " + capacity);
    }
    others.sort((a, b) -> Integer.compare(age(b, at, order), age(a, at, order)));
    var victims = new ArrayList<T>();
    for (var item : others) {
      if (excess > 0) {
        victims.add(item);
        excess -= bytes.applyAsLong(item);
      }
    }
    // A large one may have made the small ones before it unnecessary; the nearest stay first.
    for (int i = victims.size() - 1; i >= 0; i--) {
      long size = bytes.applyAsLong(victims.get(i));
      if (excess + size <= 0) {
        excess += size;
        victims.remove(i);
      }
    }
    return new LinkedHashSet<>(victims);
  }

  /** The older goes first: what is used again later, or was used longer ago. */
  private int age(T item, int at, Order order) {
    return switch (order) {
      case NEXT_USE -> next(item, at);
      case LAST_USE -> at - previous(item, at);
    };
  }

  private int next(T item, int at) {
    var later = times(item).higher(at);
    return later == null ? Integer.MAX_VALUE : later;
  }

  private int previous(T item, int at) {
    var earlier = times(item).lower(at);
    return earlier == null ? -1 : earlier;
  }

  private TreeSet<Integer> times(T item) {
    return times.getOrDefault(item, new TreeSet<>());
  }

  private long bytes(Collection<T> items) {
    return items.stream().mapToLong(bytes).sum();
  }
}
