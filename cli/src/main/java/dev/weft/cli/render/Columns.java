package dev.weft.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells that stand below one another. */
final class Columns {
  private static final String GAP = "  ";

  /** How the cells of a column stand in it. */
  enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Columns(Align... columns) {
    this.columns = List.of(columns);
  }

  Columns row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Every row behind two blanks. */
  String text() {
    var out = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        line.append(GAP).append(padded(row.get(c), c));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private String padded(String cell, int column) {
    var blanks = " ".repeat(width(column) - cell.length());
    return columns.get(column) == Align.LEFT ? cell + blanks : blanks + cell;
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
