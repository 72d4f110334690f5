package dev.weft.passes.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * What running a block does to memory.
 *
 * @param peakBytes the most bytes of the arguments' buffers and of its own that are live at once
 * @param peak what they are for
 * @param yields where the results lie
 * @param fresh its own buffers in which results lie
 */
record Effect(long peakBytes, Terms peak, List<Yield> yields, List<Extent> fresh) {
  Effect {
    yields = List.copyOf(yields);
    fresh = List.copyOf(fresh);
  }

  /**
   * Where a result lies.
   *
   * @param buffer position among the pattern's buffers, and behind them the fresh ones
   */
  record Yield(int buffer, long offset) {}

  /** The results of one run, given the buffers of its arguments. */
  List<Spot> results(List<Buffer> given) {
    var buffers = new ArrayList<>(given);
    fresh.forEach(extent -> buffers.add(new Buffer(extent)));
    return yields.stream().map(y -> new Spot(buffers.get(y.buffer()), y.offset())).toList();
  }
}
