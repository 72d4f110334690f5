package dev.weft.testsuite.docs;

import dev.weft.cli.render.ScheduleView;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.ScheduleFacts;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.schedule.StageShape;
import dev.weft.passes.schedule.UniformDurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The pictures of {@code docs/schedules.md}, as the tool draws them, and its table of numbers. */
public final class SchedulePictures {
  private static final int DEVICES = 4;
  private static final int MICRO_BATCHES = 8;

  private SchedulePictures() {}

  /** Draws the pictures of the checkout in a directory. */
  public static void write(Path root) {
    try {
      for (var kind : ScheduleKind.values()) {
        var path = path(root, kind);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text(kind));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(Path root, ScheduleKind kind) {
    return root.resolve("docs").resolve(name(kind));
  }

  /** The name by which the page refers to a picture. */
  static String name(ScheduleKind kind) {
    return "schedules/" + kind.text() + ".svg";
  }

  static String text(ScheduleKind kind) {
    return new ScheduleView(schedule(kind), Optional.empty(), ScheduleView.Form.SVG).text();
  }

  /** The row of a schedule in the table; times in units of F of a whole part of a device. */
  static String row(ScheduleKind kind) {
    int chunks = StageShape.usualChunks(kind);
    var durations = new UniformDurations(1.0 / chunks, 1.0 / chunks, 1.0 / chunks, 0);
    var timing = ScheduleTiming.of(schedule(kind), durations);
    var facts = ScheduleFacts.of(schedule(kind));
    double waits = IntStream.range(0, DEVICES).mapToDouble(timing::waits).max().orElse(0);
    double parts = facts.inFlight().stream().mapToInt(i -> i).max().orElse(0) / (double) chunks;
    return String.format(
        Locale.ROOT,
        "| `%s` | %d | %.1f | %.1f%% | %.1f | %.1f | %d |",
        kind.text(),
        chunks,
        timing.makespan(),
        100 * timing.bubble(0),
        waits,
        parts,
        facts.slots());
  }

  private static Schedule schedule(ScheduleKind kind) {
    var stages =
        IntStream.range(0, DEVICES * StageShape.usualChunks(kind))
            .mapToObj(s -> new StagePlan(StageShape.of(kind).device(s, DEVICES), Map.of()))
            .toList();
    var plan = new PipelinePlan("pp", stages, new SchedulePlan.Named(kind));
    return Schedules.of(plan, MICRO_BATCHES).orThrow();
  }

  /** Brings the pictures of this checkout up to date, and prints the table. */
  public static void main(String[] arguments) {
    write(Path.of(System.getProperty("weft.root")));
    for (var kind : ScheduleKind.values()) {
      System.out.println(row(kind));
    }
  }
}
