package dev.weft.runtime.kernel;

import java.util.List;

/**
 * The part of an axis that a device holds.
 *
 * @param first the first index of the part
 * @param count how many there are
 * @param cut the mesh axes that cut the axis; empty where the part is the whole
 */
record IndexRange(int first, int count, List<String> cut) {
  /** The place of an index in the part, or -1 where another device holds it. */
  int local(int index) {
    int place = index - first;
    if (place >= 0 && place < count) {
      return place;
    }
    if (cut.isEmpty()) {
      throw new IllegalArgumentException("index " + index + " is not in [0, " + count + ")");
    }
    return -1;
  }
}
