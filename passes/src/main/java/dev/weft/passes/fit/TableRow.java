package dev.weft.passes.fit;

import java.util.List;

/** A line of a table, by the names of its columns. */
record TableRow(List<String> columns, List<String> fields) {
  TableRow {
    if (columns.size() != fields.size()) {
      throw new IllegalArgumentException(
          "a row has " + fields.size() + " fields for " + columns.size() + " columns");
    }
  }

  String text(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    return fields.get(index);
  }

  long number(String column) {
    return Long.parseLong(text(column));
  }

  boolean isYes(String column) {
    return text(column).equals("yes");
  }
}
