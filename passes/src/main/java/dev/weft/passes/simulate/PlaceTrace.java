package dev.weft.passes.simulate;

import java.util.List;

/**
 * What a device of one place does during a step.
 *
 * @param tracks what runs one after the other each
 * @param memory bytes of tensors, from one point of time to the next
 */
public record PlaceTrace(List<Track> tracks, List<MemoryPoint> memory) {
  public PlaceTrace {
    tracks = List.copyOf(tracks);
    memory = List.copyOf(memory);
  }

  /** Events that do not overlap, in order. */
  public record Track(String name, List<Event> events) {
    public Track {
      events = List.copyOf(events);
    }
  }

  /**
   * Something that lasts.
   *
   * @param name what it does, such as {@code 3F0} for stage 3, forward, micro-batch 0
   * @param kind one word for all that are alike, such as {@code forward}
   * @param start seconds since the step began
   * @param end seconds
   */
  public record Event(String name, String kind, double start, double end) {}

  /**
   * From a point of time on, so much memory is in use.
   *
   * @param seconds since the step began
   * @param gradients in bytes
   * @param kept activations kept for backwards, in bytes
   * @param working what runs needs besides, in bytes
   */
  public record MemoryPoint(double seconds, long gradients, long kept, long working) {}
}
