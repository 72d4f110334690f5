package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each piece of work begins and ends, if every device begins it as soon as it can.
 *
 * @param rows for each device its work in order
 */
public record ScheduleTiming(List<List<Timed>> rows) {
  /** Work with its beginning and its end, in the unit of the durations. */
  public record Timed(Action action, double start, double end) {}

  public ScheduleTiming {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The times of a sound schedule. */
  public static ScheduleTiming of(Schedule schedule, Durations durations) {
    return new Clock(schedule, durations).run();
  }

  /** When the last work ends. */
  public double makespan() {
    return rows.stream().mapToDouble(ScheduleTiming::end).max().orElse(0);
  }

  /** How long a device works. */
  public double busy(int device) {
    return rows.get(device).stream().mapToDouble(t -> t.end() - t.start()).sum();
  }

  /** The part of the makespan in which a device does not work, from 0 to 1. */
  public double bubble(int device) {
    return 1 - busy(device) / makespan();
  }

  /**
   * How long a device waits between its first work and its last. What is outside of that it may
   * spend on the step before and on the next one, where steps need not meet (Qi et al. 2023,
   * section 4).
   */
  public double waits(int device) {
    var row = rows.get(device);
    return row.isEmpty() ? 0 : end(row) - row.getFirst().start() - busy(device);
  }

  private static double end(List<Timed> row) {
    return row.isEmpty() ? 0 : row.getLast().end();
  }

  /** The time of each device, and of what has been done. */
  private static final class Clock {
    private final Schedule schedule;
    private final Durations durations;
    private final WorkNeeds needs;
    private final Map<Action, Double> ends = new HashMap<>();
    private final List<List<Timed>> rows = new ArrayList<>();

    Clock(Schedule schedule, Durations durations) {
      this.schedule = schedule;
      this.durations = durations;
      this.needs = new WorkNeeds(schedule);
      schedule.rows().forEach(_ -> rows.add(new ArrayList<>()));
    }

    ScheduleTiming run() {
      int total = schedule.rows().stream().mapToInt(List::size).sum();
      while (ends.size() < total) {
        int before = ends.size();
        for (int device = 0; device < rows.size(); device++) {
          advance(device);
        }
        if (ends.size() == before) {
          throw new IllegalArgumentException("a schedule with a deadlock has no times");
        }
      }
      return new ScheduleTiming(rows);
    }

    private void advance(int device) {
      var actions = schedule.rows().get(device);
      var done = rows.get(device);
      while (done.size() < actions.size()) {
        var action = actions.get(done.size());
        if (!ends.keySet().containsAll(needs.all(action))) {
          return;
        }
        double start = Math.max(end(done), ready(action, device));
        double end = start + durations.of(action);
        ends.put(action, end);
        done.add(new Timed(action, start, end));
      }
    }

    private double ready(Action action, int device) {
      double ready = 0;
      for (var need : needs.all(action)) {
        boolean isHere = needs.device(need).orElseThrow() == device;
        double way = isHere ? 0 : durations.transfer();
        ready = Math.max(ready, ends.getOrDefault(need, 0.0) + way);
      }
      return ready;
    }
  }
}
