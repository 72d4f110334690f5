package dev.weft.cli.render;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The colours of a schedule's picture, on light pages and on dark ones. */
final class ScheduleColors {
  /** Boxes and the numbers in them are the same on both. */
  static final String STYLE =
      """
      <style>
      text { fill: #1f2328 } .page { fill: #ffffff } .idle { fill: #eef0f3 } .tick { stroke: #8b949e }
      .box { stroke: #ffffff } .in { text-anchor: middle; fill: #1f2328 } .at { text-anchor: middle }
      @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .page { fill: #0d1117 } .idle { fill: #21262d } .box { stroke: #0d1117 }
      .in { fill: #1f2328 }
      }
      </style>
      """;

  /** Of white in the palest box. */
  private static final double PALEST = 0.6;

  private ScheduleColors() {}

  /** The phases that a schedule has, in their order. */
  static List<Phase> phases(Schedule schedule) {
    return Arrays.stream(Phase.values())
        .filter(p -> schedule.rows().stream().flatMap(List::stream).anyMatch(a -> a.phase() == p))
        .toList();
  }

  /**
   * The colour of a box.
   *
   * @param paleness from 0 to 1
   */
  static String of(Phase phase, double paleness) {
    int color = color(phase);
    double white = PALEST * paleness;
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        mixed(color >> 16, white),
        mixed(color >> 8, white),
        mixed(color, white));
  }

  private static long mixed(int channel, double white) {
    return Math.round((channel & 0xff) * (1 - white) + 0xff * white);
  }

  private static int color(Phase phase) {
    return switch (phase) {
      case FORWARD -> 0x6fa8dc;
      case BACKWARD -> 0x76c893;
      case INPUT_GRADIENT -> 0x5fc9c1;
      case WEIGHT_GRADIENT -> 0xf4b860;
    };
  }

  static String name(Phase phase) {
    return switch (phase) {
      case FORWARD -> "F forward";
      case BACKWARD -> "B backward";
      case INPUT_GRADIENT -> "I input gradient";
      case WEIGHT_GRADIENT -> "W weight gradient";
    };
  }
}
