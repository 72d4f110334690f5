package dev.weft.passes.simulate;

import java.util.List;

/**
 * What a step takes of a device of one place along a pipeline. All seconds together are the step.
 *
 * @param device its kind; where the place has several, the one with least memory
 * @param stages that the place holds
 * @param work of all micro-batches
 * @param transfers seconds in which the device sends to other places, or waits for a message that
 *     is on its way
 * @param gradients seconds of the reduction of gradients after the last backward that nothing hides
 * @param optimizer seconds of the update
 * @param gathering seconds in which updated weights are gathered and nothing hides it
 * @param host seconds of what the host does once in a step
 * @param bubble seconds in which the device waits for the work of other places
 * @param capacityBytes of the device's memory
 */
public record PlacePrice(
    String device,
    List<Integer> stages,
    Seconds work,
    double transfers,
    double gradients,
    double optimizer,
    double gathering,
    double host,
    double bubble,
    MemoryPrice memory,
    long capacityBytes) {
  public PlacePrice {
    stages = List.copyOf(stages);
  }

  /** Bytes of memory that are left; below 0 where it is not enough. */
  public long freeBytes() {
    return capacityBytes - memory.deviceBytes();
  }

  /** All seconds: those of the step. */
  public double total() {
    return work.total() + transfers + gradients + optimizer + gathering + host + bubble;
  }
}
