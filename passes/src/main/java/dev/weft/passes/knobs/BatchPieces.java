package dev.weft.passes.knobs;

import dev.weft.ir.plan.Divisors;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;

/** The pieces into which replicas and their micro-batches cut a batch. */
final class BatchPieces {
  private BatchPieces() {}

  static long count(Knobs knobs) {
    return (long) knobs.dp() * knobs.microBatches();
  }

  /**
   * What to say of a batch that has no such pieces.
   *
   * @param place where the knobs stand
   */
  static Diagnostic indivisible(Knobs knobs, long batch, Span place) {
    var message =
        "batch %d is not divisible by dp * micro = %d * %d; the nearest legal batch is %d"
            .formatted(
                batch, knobs.dp(), knobs.microBatches(), Multiples.nearest(batch, count(knobs)));
    var diagnostic = Diagnostic.of(KnobCode.BATCH_INDIVISIBLE, place, message);
    var legal = degrees(knobs, batch);
    return legal.isEmpty()
        ? diagnostic
        : diagnostic.note(
            "for batch " + batch + " the nearest legal value is " + String.join(" or ", legal));
  }

  /** The nearest micro-batches with the replicas as they are, and the other way round. */
  private static List<String> degrees(Knobs knobs, long batch) {
    var legal = new ArrayList<String>();
    if (batch % knobs.dp() == 0) {
      legal.add("micro=" + Divisors.nearest(batch / knobs.dp(), knobs.microBatches()));
    }
    int shares = knobs.hybrid().orElse(1);
    long kept = (long) knobs.microBatches() * shares;
    if (batch % kept == 0) {
      legal.add("dp=" + shares * Divisors.nearest(batch / kept, knobs.dp() / shares));
    }
    return legal;
  }
}
