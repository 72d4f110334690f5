package dev.weft.passes.schedule;

import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a schedule's table: a row for each device, cells such as {@code 3F0}. */
public final class TableCells {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,;\"]+");
  private static final Pattern ACTION = Pattern.compile("([0-9]{1,6})([FBIW])([0-9]{1,6})");

  /** What stands for doing nothing. */
  private static final List<String> IDLE = List.of("", ".", "-", "_");

  private TableCells() {}

  /**
   * The table of a file: text, or CSV as other systems write it. Empty lines and lines that begin
   * with {@code #} are no rows.
   */
  public static SchedulePlan.Table table(Source file) {
    return new SchedulePlan.Table(
        rows(file).stream().map(row -> String.join(" ", cells(row.text()))).toList());
  }

  /** Where the rows of a file stand. */
  static List<Span> rows(Source file) {
    var rows = new ArrayList<Span>();
    int start = 0;
    for (var line : file.text().split("\n", -1)) {
      var text = line.strip();
      int from = start + line.indexOf(text);
      if (!text.isEmpty() && !text.startsWith("#")) {
        rows.add(new Span(file, from, from + text.length()));
      }
      start += line.length() + 1;
    }
    return rows;
  }

  /** The cells of a row, without those that stand for doing nothing. */
  static List<String> cells(String row) {
    return Arrays.stream(BETWEEN.split(row)).filter(cell -> !IDLE.contains(cell)).toList();
  }

  /** The action of a cell; empty when it is none. */
  static Optional<Action> action(String cell) {
    var form = ACTION.matcher(cell);
    if (!form.matches()) {
      return Optional.empty();
    }
    return phase(form.group(2).charAt(0))
        .map(
            phase ->
                new Action(
                    Integer.parseInt(form.group(1)), phase, Integer.parseInt(form.group(3))));
  }

  /** For each stage the device in whose row it first stands; empty where it stands nowhere. */
  public static List<Optional<Integer>> devices(SchedulePlan.Table table) {
    var devices = new ArrayList<Optional<Integer>>();
    for (int device = 0; device < table.rows().size(); device++) {
      for (var cell : cells(table.rows().get(device))) {
        int stage = action(cell).map(Action::stage).orElse(-1);
        while (devices.size() <= stage) {
          devices.add(Optional.empty());
        }
        if (stage >= 0 && devices.get(stage).isEmpty()) {
          devices.set(stage, Optional.of(device));
        }
      }
    }
    return devices;
  }

  private static Optional<Phase> phase(char letter) {
    return Arrays.stream(Phase.values()).filter(p -> p.letter() == letter).findFirst();
  }
}
