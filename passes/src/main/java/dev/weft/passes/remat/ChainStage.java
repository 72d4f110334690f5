package dev.weft.passes.remat;

/**
 * One stage of a chain that is run forward and then backward.
 *
 * @param forward cost of the stage's forward, in any unit of time
 * @param backward cost of its backward
 * @param outputBytes of what the next stage reads
 * @param savedBytes of all that its backward reads besides the stage's input, the output included
 * @param cotangentBytes of the cotangent of the output
 * @param forwardBytes that the forward needs while it runs
 * @param backwardBytes that the backward needs while it runs
 */
public record ChainStage(
    double forward,
    double backward,
    long outputBytes,
    long savedBytes,
    long cotangentBytes,
    long forwardBytes,
    long backwardBytes) {
  public ChainStage {
    if (savedBytes < outputBytes) {
      throw new IllegalArgumentException("saved " + savedBytes + " lacks output " + outputBytes);
    }
  }
}
