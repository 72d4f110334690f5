package dev.weft.cli.render;

import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Durations;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.StageDurations;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule as a Gantt picture in SVG: a row for each device, time from left to right, true to
 * scale. A number is a micro-batch; the paler a box, the later its stage among those of its device.
 */
final class ScheduleSvg {
  /** Pixels for each unit of time. */
  private static final double UNIT = 24;

  private static final int ROW = 28;
  private static final int BOX = 24;
  private static final int LEFT = 72;
  private static final int TOP = 40;
  private static final int AXIS = 36;

  /** Pixels that a digit of a box takes. */
  private static final int DIGIT = 8;

  private static final int LEAST_WIDTH = 560;

  private final Schedule schedule;
  private final ScheduleTiming timing;
  private final ScheduleMarks marks;
  private final String unit;
  private final StringBuilder out = new StringBuilder();

  private ScheduleSvg(Schedule schedule, Optional<StageDurations> counted) {
    this.schedule = schedule;
    this.timing =
        ScheduleTiming.of(schedule, counted.<Durations>map(d -> d).orElse(Durations.UNIT));
    this.marks = new ScheduleMarks(schedule);
    this.unit = counted.isPresent() ? "counted work, in mean forwards" : "F, I and W take 1 each";
  }

  static String of(Schedule schedule, Optional<StageDurations> counted) {
    return new ScheduleSvg(schedule, counted).text();
  }

  private String text() {
    int width = Math.max(LEAST_WIDTH, LEFT + (int) Math.ceil(timing.makespan() * UNIT + UNIT));
    int height = TOP + schedule.devices() * ROW + AXIS;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
        width, height, width, height);
    out.append(ScheduleColors.STYLE);
    line("<rect class=\"page\" width=\"%d\" height=\"%d\"/>", width, height);
    legend();
    for (int device = 0; device < schedule.devices(); device++) {
      row(device);
    }
    axis(TOP + schedule.devices() * ROW);
    line("</svg>");
    return out.toString();
  }

  private void legend() {
    int x = LEFT;
    for (var phase : ScheduleColors.phases(schedule)) {
      line(
          "<rect x=\"%d\" y=\"12\" width=\"16\" height=\"16\" fill=\"%s\"/>",
          x, ScheduleColors.of(phase, 0));
      line("<text x=\"%d\" y=\"24\">%s</text>", x + 22, ScheduleColors.name(phase));
      x += 142;
    }
    if (marks.chunkCount() > 1) {
      line("<text x=\"%d\" y=\"24\">paler: later stages of a device</text>", x);
    }
  }

  /** A device's time, and on it what it does; what remains is its bubble. */
  private void row(int device) {
    int y = TOP + device * ROW;
    line("<text x=\"8\" y=\"%d\">device %d</text>", y + 17, device);
    line(
        "<rect class=\"idle\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\"/>",
        LEFT, y, pixels(timing.makespan()), BOX);
    timing.rows().get(device).forEach(timed -> box(device, timed, y));
  }

  private void box(int device, ScheduleTiming.Timed timed, int y) {
    var action = timed.action();
    double width = (timed.end() - timed.start()) * UNIT;
    var label = Integer.toString(action.micro());
    var color = ScheduleColors.of(action.phase(), paleness(marks.chunk(device, action)));
    line(
        "<g><title>%s</title><rect class=\"box\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\""
            + " fill=\"%s\"/>",
        action, x(timed.start()), y, number(width), BOX, color);
    if (width >= label.length() * DIGIT) {
      var middle = x((timed.start() + timed.end()) / 2);
      line("<text class=\"in\" x=\"%s\" y=\"%d\">%s</text>", middle, y + 17, label);
    }
    line("</g>");
  }

  private void axis(int y) {
    int step = 5;
    while (timing.makespan() / step > 12) {
      step *= 2;
    }
    for (int time = 0; time <= timing.makespan(); time += step) {
      line(
          "<path class=\"tick\" d=\"M%s %dv4\"/><text class=\"at\" x=\"%s\" y=\"%d\">%d</text>",
          x(time), y, x(time), y + 16, time);
    }
    line("<text x=\"%d\" y=\"%d\">time (%s)</text>", LEFT, y + 31, unit);
  }

  private double paleness(int chunk) {
    return (double) chunk / Math.max(1, marks.chunkCount() - 1);
  }

  private static String x(double time) {
    return number(LEFT + time * UNIT);
  }

  private static String pixels(double time) {
    return number(time * UNIT);
  }

  /** With a tenth where it is not whole. */
  private static String number(double pixels) {
    double tenths = Math.round(10 * pixels) / 10.0;
    return tenths == Math.rint(tenths)
        ? Long.toString(Math.round(tenths))
        : String.format(Locale.ROOT, "%.1f", tenths);
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
