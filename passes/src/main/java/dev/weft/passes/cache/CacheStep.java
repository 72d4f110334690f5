package dev.weft.passes.cache;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What happens at one use.
 *
 * @param fetched what of the use was not there, in the order of the use
 * @param evicted what makes room for it: it comes again at its next use
 */
public record CacheStep<T>(Set<T> fetched, Set<T> evicted) {
  public CacheStep {
    fetched = Collections.unmodifiableSet(new LinkedHashSet<>(fetched));
    evicted = Collections.unmodifiableSet(new LinkedHashSet<>(evicted));
  }
}
