package dev.weft.passes.remat;

import java.util.List;

/**
 * One stage of a chain that is run forward and then backward.
 *
 * @param forward cost of the stage's forward, in any unit of time
 * @param outputBytes of what the next stage reads
 * @param cotangentBytes of the cotangent of the output
 * @param forwardBytes that the forward needs while it runs
 * @param savings what it may keep for its backward, one of which is chosen whenever it keeps
 *     anything
 */
public record ChainStage(
    double forward,
    long outputBytes,
    long cotangentBytes,
    long forwardBytes,
    List<Saving> savings) {
  public ChainStage {
    savings = List.copyOf(savings);
    for (var saving : savings) {
      if (saving.bytes() < outputBytes) {
        throw new IllegalArgumentException(saving + " lacks the output's " + outputBytes);
      }
    }
  }

  /**
   * What a stage keeps for its backward: the more it is, the less the backward computes again.
   *
   * @param bytes kept besides the stage's input, the output included
   * @param backward cost of the backward, with what it computes again
   * @param backwardBytes that the backward needs while it runs
   */
  public record Saving(long bytes, double backward, long backwardBytes) {}
}
