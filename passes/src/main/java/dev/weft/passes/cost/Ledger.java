package dev.weft.passes.cost;

import java.util.Collection;

/** Adds up the live buffers by term and remembers the first moment of the greatest sum. */
final class Ledger {
  private final long[] now = new long[Term.COUNT];
  private long bytes;
  private long peakBytes;
  private Terms peak = Terms.NONE;

  long peakBytes() {
    return peakBytes;
  }

  /** What was live at the peak. */
  Terms peak() {
    return peak;
  }

  /** Counts a buffer that callers hold. */
  void open(Buffer buffer) {
    if (buffer.terms() != 0) {
      add(buffer);
    }
  }

  void hold(Buffer buffer, Term term) {
    int before = buffer.terms();
    buffer.hold(term);
    if (before == 0) {
      add(buffer);
    } else {
      move(buffer, before);
    }
  }

  void release(Buffer buffer, Term term) {
    int before = buffer.terms();
    buffer.release(term);
    if (buffer.terms() == 0) {
      now[Term.first(before).ordinal()] -= buffer.extent().bytes();
      bytes -= buffer.extent().bytes();
    } else {
      move(buffer, before);
    }
  }

  /**
   * Something runs that counts some buffers itself.
   *
   * @param own what it counts
   */
  void during(Effect effect, Collection<Buffer> own) {
    var others = now.clone();
    long rest = bytes;
    for (var buffer : own) {
      if (buffer.terms() != 0) {
        others[Term.first(buffer.terms()).ordinal()] -= buffer.extent().bytes();
        rest -= buffer.extent().bytes();
      }
    }
    if (rest + effect.peakBytes() > peakBytes) {
      peakBytes = rest + effect.peakBytes();
      peak = Terms.of(others).plus(effect.peak());
    }
  }

  private void add(Buffer buffer) {
    now[Term.first(buffer.terms()).ordinal()] += buffer.extent().bytes();
    bytes += buffer.extent().bytes();
    if (bytes > peakBytes) {
      peakBytes = bytes;
      peak = Terms.of(now);
    }
  }

  private void move(Buffer buffer, int before) {
    now[Term.first(before).ordinal()] -= buffer.extent().bytes();
    now[Term.first(buffer.terms()).ordinal()] += buffer.extent().bytes();
  }
}
