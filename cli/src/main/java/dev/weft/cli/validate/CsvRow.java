package dev.weft.cli.validate;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One row of a table with a header. A cell that is empty, or whose column the table lacks, is empty
 * text.
 *
 * @param line in the file, counted from 1
 * @param cells by the name of the column; empty cells are left out
 */
public record CsvRow(int line, Map<String, String> cells) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");

  public CsvRow {
    cells = Map.copyOf(cells);
  }

  /** What a cell says, without blanks around it. */
  public String text(String column) {
    return cells.getOrDefault(column, "");
  }

  /** The same in lower case, for rules that look for words. */
  public String words(String column) {
    return text(column).toLowerCase(Locale.ROOT);
  }

  /** The number in a cell; absent where the cell is empty or says something else. */
  public OptionalDouble number(String column) {
    var text = text(column);
    return NUMBER.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** The integer in a cell, which may be written {@code 51.0}; absent where it holds none. */
  public OptionalLong integer(String column) {
    var number = number(column);
    return number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble())
        ? OptionalLong.of((long) number.getAsDouble())
        : OptionalLong.empty();
  }
}
