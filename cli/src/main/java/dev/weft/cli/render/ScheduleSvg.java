package dev.weft.cli.render;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Durations;
import dev.weft.passes.schedule.ScheduleTiming;
import java.util.Locale;

/**
 * A schedule as a Gantt picture in SVG: a row for each device, time from left to right, where F, I
 * and W take one unit and B two. A number is a micro-batch; the paler a box, the later its stage
 * among those of its device.
 */
final class ScheduleSvg {
  private static final int UNIT = 24;
  private static final int ROW = 28;
  private static final int BOX = 24;
  private static final int LEFT = 72;
  private static final int TOP = 40;
  private static final double PALEST = 0.45;

  private final Schedule schedule;
  private final ScheduleTiming timing;
  private final ScheduleMarks marks;
  private final StringBuilder out = new StringBuilder();

  private ScheduleSvg(Schedule schedule) {
    this.schedule = schedule;
    this.timing = ScheduleTiming.of(schedule, Durations.UNIT);
    this.marks = new ScheduleMarks(schedule);
  }

  static String of(Schedule schedule) {
    return new ScheduleSvg(schedule).text();
  }

  private String text() {
    int width = LEFT + (int) Math.round(timing.makespan() * UNIT) + UNIT;
    int height = TOP + schedule.devices() * ROW + ROW / 2;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        width, height);
    line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    legend();
    for (int device = 0; device < schedule.devices(); device++) {
      row(device);
    }
    line("</svg>");
    return out.toString();
  }

  private void legend() {
    int x = LEFT;
    for (var phase : Phase.values()) {
      boolean occurs =
          schedule.rows().stream().anyMatch(r -> r.stream().anyMatch(a -> a.phase() == phase));
      if (occurs) {
        line("<rect x=\"%d\" y=\"12\" width=\"16\" height=\"16\" fill=\"%s\"/>", x, color(phase));
        line("<text x=\"%d\" y=\"24\">%s</text>", x + 22, name(phase));
        x += 130;
      }
    }
  }

  private void row(int device) {
    int y = TOP + device * ROW;
    line("<text x=\"8\" y=\"%d\">device %d</text>", y + 17, device);
    for (var timed : timing.rows().get(device)) {
      int x = LEFT + (int) Math.round(timed.start() * UNIT);
      int width = (int) Math.round((timed.end() - timed.start()) * UNIT);
      var action = timed.action();
      line("<g><title>%s</title>", action);
      line(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" fill-opacity=\"%.2f\""
              + " stroke=\"#ffffff\"/>",
          x, y, width, BOX, color(action.phase()), opacity(marks.chunk(device, action)));
      line(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text></g>",
          x + width / 2, y + 17, action.micro());
    }
  }

  private double opacity(int chunk) {
    int paler = Math.max(1, marks.chunkCount() - 1);
    return 1 - (1 - PALEST) * chunk / paler;
  }

  private static String color(Phase phase) {
    return switch (phase) {
      case FORWARD -> "#6fa8dc";
      case BACKWARD -> "#76c893";
      case INPUT_GRADIENT -> "#5fc9c1";
      case WEIGHT_GRADIENT -> "#f4b860";
    };
  }

  private static String name(Phase phase) {
    return switch (phase) {
      case FORWARD -> "F forward";
      case BACKWARD -> "B backward";
      case INPUT_GRADIENT -> "I input gradient";
      case WEIGHT_GRADIENT -> "W weight gradient";
    };
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
