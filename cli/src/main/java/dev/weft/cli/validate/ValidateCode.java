package dev.weft.cli.validate;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a table of published runs. */
public enum ValidateCode implements Code {
  TABLE_FORM(
      "W0831",
      "A table of runs is not well-formed CSV.",
      "Give every row as many cells as the header has, and close every quote."),
  TABLE_COLUMNS(
      "W0832",
      "A table of runs lacks a column.",
      "The header names the columns; docs/published-runs.md lists those that a row needs."),
  TABLE_EMPTY("W0833", "A table of runs has no rows.", "Add a row below the header.");

  private final Description description;

  ValidateCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
