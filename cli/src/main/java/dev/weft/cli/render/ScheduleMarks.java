package dev.weft.cli.render;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Schedule;
import java.util.List;
import java.util.Locale;

/** How the actions of a schedule are told apart in a picture. */
final class ScheduleMarks {
  /** Up to so many chunks are told apart by upper and lower case. */
  private static final int CASES = 2;

  private final List<List<Integer>> chunks;

  ScheduleMarks(Schedule schedule) {
    chunks =
        schedule.rows().stream()
            .map(row -> row.stream().map(Action::stage).distinct().sorted().toList())
            .toList();
  }

  /** The greatest number of stages of one device. */
  int chunkCount() {
    return chunks.stream().mapToInt(List::size).max().orElse(1);
  }

  /** Which of its device's stages an action belongs to, from 0. */
  int chunk(int device, Action action) {
    return chunks.get(device).indexOf(action.stage());
  }

  /** Such as {@code F0}, or {@code f0} for the second chunk; with many chunks {@code 3F0}. */
  String label(int device, Action action) {
    if (chunkCount() > CASES) {
      return action.toString();
    }
    var label = "" + action.phase().letter() + action.micro();
    return chunk(device, action) == 0 ? label : label.toLowerCase(Locale.ROOT);
  }

  /** What the labels mean; empty where they need no word. */
  String legend() {
    return chunkCount() == CASES ? "Small letters: the second stage of a device." : "";
  }
}
