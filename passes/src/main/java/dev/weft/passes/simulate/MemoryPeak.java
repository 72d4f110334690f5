package dev.weft.passes.simulate;

/**
 * The first piece of work of a place at which all memory that changes is most, in bytes.
 *
 * @param at its number
 * @param made gradients after all work
 */
record MemoryPeak(int at, long kept, long gradients, long working, long made) {
  /** The peak from the beginning as a cursor has it. */
  static MemoryPeak of(MemoryCursor cursor) {
    int at = 0;
    long kept = 0;
    long gradients = 0;
    long working = 0;
    long most = -1;
    while (cursor.advance()) {
      if (cursor.total() > most) {
        most = cursor.total();
        at = cursor.at();
        kept = cursor.kept();
        gradients = cursor.gradients();
        working = cursor.working();
      }
    }
    return new MemoryPeak(at, kept, gradients, working, cursor.made());
  }
}
