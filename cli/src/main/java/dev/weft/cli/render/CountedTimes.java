package dev.weft.cli.render;

import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.StageDurations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long a model's own stages take, and what becomes of the bubble with them, as text. */
final class CountedTimes {
  private CountedTimes() {}

  static String of(Schedule schedule, StageDurations durations) {
    var timing = ScheduleTiming.of(schedule, durations);
    return stages(schedule, durations)
        + "\n"
        + devices(schedule, timing)
        + String.format(
            Locale.ROOT,
            "\nmakespan %.2f by counted work; the unit is the mean forward of a stage\n",
            timing.makespan());
  }

  private static String stages(Schedule schedule, StageDurations durations) {
    var phases = ScheduleColors.phases(schedule);
    var head = new ArrayList<>(List.of("counted work"));
    phases.forEach(phase -> head.add(String.valueOf(phase.letter())));
    var columns = columns(phases.size());
    columns.row(head.toArray(String[]::new));
    for (int stage = 0; stage < schedule.stages(); stage++) {
      var row = new ArrayList<>(List.of("stage " + stage));
      for (var phase : phases) {
        row.add(durations.find(stage, phase).map(CountedTimes::number).orElse(""));
      }
      columns.row(row.toArray(String[]::new));
    }
    return columns.text();
  }

  private static String devices(Schedule schedule, ScheduleTiming timing) {
    var columns = columns(2);
    columns.row("", "bubble", "waits");
    for (int device = 0; device < schedule.devices(); device++) {
      columns.row(
          "device " + device,
          String.format(Locale.ROOT, "%.1f%%", 100 * timing.bubble(device)),
          number(timing.waits(device)));
    }
    return columns.text();
  }

  private static Columns columns(int numbers) {
    var align = new Columns.Align[numbers + 1];
    Arrays.fill(align, Columns.Align.RIGHT);
    align[0] = Columns.Align.LEFT;
    return new Columns(align);
  }

  private static String number(double duration) {
    return String.format(Locale.ROOT, "%.2f", duration);
  }
}
