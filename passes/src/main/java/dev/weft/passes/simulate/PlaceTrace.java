package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import java.util.List;
import java.util.Optional;

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
   * @param action that it does or sends the result of; empty where there is none
   */
  public record Event(String name, String kind, double start, double end, Optional<Action> action) {
    Event(String name, String kind, double start, double end) {
      this(name, kind, start, end, Optional.empty());
    }

    static Event of(Action action, String kind, double start, double end) {
      return new Event(action.toString(), kind, start, end, Optional.of(action));
    }
  }

  /**
   * From a point of time on, so much memory is in use.
   *
   * @param seconds since the step began
   * @param gradients in bytes
   * @param kept activations kept for backwards, in bytes
   * @param working what runs needs besides, and what lives throughout, in bytes
   */
  public record MemoryPoint(double seconds, long gradients, long kept, long working) {}
}
