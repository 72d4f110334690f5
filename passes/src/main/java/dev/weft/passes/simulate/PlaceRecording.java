package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import dev.weft.passes.simulate.PlaceTrace.Event;
import dev.weft.passes.simulate.PlaceTrace.MemoryPoint;
import dev.weft.passes.simulate.PlaceTrace.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes down what a device of one place does during a step. */
final class PlaceRecording {
  private final Timeline timeline;
  private final int place;
  private final Row row;
  private final long buffers;

  /**
   * Of a place.
   *
   * @param buffers bytes that are in use throughout, besides weights, gradients and what is kept
   */
  PlaceRecording(Timeline timeline, int place, Row row, long buffers) {
    this.timeline = timeline;
    this.place = place;
    this.row = row;
    this.buffers = buffers;
  }

  /**
   * All events.
   *
   * @param begin of the step
   * @param sum what the device sees of the reduction of gradients
   * @param pieces of that reduction that run behind work
   * @param end of the step
   */
  PlaceTrace trace(
      StepStart begin, Event sum, List<StepEnd.Piece> pieces, Event end, MemoryWalk memory) {
    var tracks = new ArrayList<Track>();
    tracks.add(new Track("work", work(begin, sum, end)));
    messages().forEach((to, events) -> tracks.add(new Track("messages to place " + to, events)));
    var weights = weights(begin, pieces);
    if (!weights.isEmpty()) {
      tracks.add(new Track("weights and gradients behind work", weights));
    }
    return new PlaceTrace(tracks, memory(memory));
  }

  private List<Event> work(StepStart begin, Event sum, Event end) {
    var events = new ArrayList<Event>();
    events.add(new Event("update", "optimizer", 0, begin.update()));
    events.add(new Event("gather weights", "weights", begin.update(), begin.end()));
    for (int i = 0; i < row.size(); i++) {
      var action = row.get(i);
      double start = timeline.start(place, i);
      events.add(Event.of(action, kind(action.phase()), start, timeline.end(action)));
    }
    events.add(sum);
    events.add(end);
    events.removeIf(event -> event.end() <= event.start());
    return events;
  }

  private Map<Integer, List<Event>> messages() {
    var ways = new TreeMap<Integer, List<Event>>();
    for (int i = 0; i < row.size(); i++) {
      var action = row.get(i);
      int to = timeline.destination(action);
      if (to >= 0) {
        var kind = action.phase() == Phase.FORWARD ? "activations" : "gradients";
        double start = timeline.departure(place, i);
        ways.computeIfAbsent(to, _ -> new ArrayList<>())
            .add(Event.of(action, kind, start, timeline.arrival(action)));
      }
    }
    return ways;
  }

  private static List<Event> weights(StepStart begin, List<StepEnd.Piece> pieces) {
    var events = new ArrayList<Event>();
    double clock = begin.end();
    for (double gathered : begin.gathered()) {
      if (gathered > clock) {
        events.add(new Event("gather weights", "weights", clock, gathered));
        clock = gathered;
      }
    }
    for (var piece : pieces) {
      events.add(
          new Event("sum of stage " + piece.stage(), "gradients", piece.start(), piece.end()));
    }
    events.removeIf(event -> event.end() <= event.start());
    return events;
  }

  private List<MemoryPoint> memory(MemoryWalk walk) {
    var points = new ArrayList<MemoryPoint>();
    // The first piece of work is a forward, which makes no gradients: these are there before.
    points.add(new MemoryPoint(0, walk.gradients()[0], 0, buffers));
    for (int i = 0; i < row.size(); i++) {
      double start = timeline.start(place, i);
      long working = buffers + walk.working()[i];
      points.add(new MemoryPoint(start, walk.gradients()[i], walk.kept()[i], working));
      double end = timeline.end(row.get(i));
      points.add(new MemoryPoint(end, walk.made()[i], walk.after()[i], buffers));
    }
    return points;
  }

  private static String kind(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
