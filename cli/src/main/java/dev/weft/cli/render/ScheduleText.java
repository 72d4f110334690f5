package dev.weft.cli.render;

import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Durations;
import dev.weft.passes.schedule.ScheduleFacts;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.StageDurations;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule as text: one row for each device, one column for each unit of time, where F, I and W
 * take one unit and B two.
 */
final class ScheduleText {
  private static final String IDLE = ".";
  private static final String GOES_ON = "-";

  private final Schedule schedule;
  private final ScheduleTiming timing;
  private final ScheduleMarks marks;
  private final Optional<StageDurations> counted;

  private ScheduleText(Schedule schedule, Optional<StageDurations> counted) {
    this.schedule = schedule;
    this.counted = counted;
    this.timing = ScheduleTiming.of(schedule, Durations.UNIT);
    this.marks = new ScheduleMarks(schedule);
  }

  static String of(Schedule schedule, Optional<StageDurations> counted) {
    return new ScheduleText(schedule, counted).text();
  }

  private String text() {
    var out = new StringBuilder();
    for (int device = 0; device < schedule.devices(); device++) {
      out.append(row(device)).append('\n');
    }
    if (!marks.legend().isEmpty()) {
      out.append('\n').append(marks.legend()).append('\n');
    }
    out.append('\n').append(facts());
    counted.ifPresent(durations -> out.append('\n').append(CountedTimes.of(schedule, durations)));
    return out.toString();
  }

  private String row(int device) {
    int width = width();
    var cells = new String[(int) Math.round(timing.makespan())];
    Arrays.fill(cells, IDLE);
    for (var timed : timing.rows().get(device)) {
      int start = (int) Math.round(timed.start());
      Arrays.fill(cells, start, (int) Math.round(timed.end()), GOES_ON.repeat(width));
      cells[start] = marks.label(device, timed.action());
    }
    var line = new StringBuilder("device ").append(device).append(" ");
    for (var cell : cells) {
      line.append(' ').append(cell).append(" ".repeat(width - cell.length()));
    }
    return line.toString().stripTrailing();
  }

  private int width() {
    int width = 1;
    for (int device = 0; device < schedule.devices(); device++) {
      for (var action : schedule.rows().get(device)) {
        width = Math.max(width, marks.label(device, action).length());
      }
    }
    return width;
  }

  private String facts() {
    var facts = ScheduleFacts.of(schedule);
    var columns =
        new Columns(
            Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.RIGHT, Columns.Align.RIGHT);
    columns.row("", "bubble", "waits", "in flight");
    for (int device = 0; device < schedule.devices(); device++) {
      columns.row(
          "device " + device,
          String.format(Locale.ROOT, "%.1f%%", 100 * timing.bubble(device)),
          String.format(Locale.ROOT, "%.0f", timing.waits(device)),
          Integer.toString(facts.inFlight().get(device)));
    }
    var slots =
        facts.slots() == 0
            ? "a send may wait for its receiver"
            : facts.slots() + " on each way between two devices, so that no send waits for ever";
    return columns.text()
        + "\nmakespan "
        + Math.round(timing.makespan())
        + " where F, I and W take 1 each; messages: "
        + slots
        + "\n";
  }
}
