package dev.weft.cli.validate;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;

/** The columns without which no row of a table of runs can be understood. */
final class RunColumns {
  private static final List<String> NEEDED =
      List.of("layers", "hidden", "heads", "seq_len", "num_devices", "global_batch", "micro_batch");

  private RunColumns() {}

  /** The table, or every needed column that it lacks. Other columns may be there or not. */
  static Checked<CsvTable> check(Source source, CsvTable table) {
    var header = new Span(source, 0, Math.max(0, source.lineText(1).length()));
    var missing =
        NEEDED.stream()
            .filter(column -> !table.columns().contains(column))
            .map(
                column ->
                    Diagnostic.of(
                        ValidateCode.TABLE_COLUMNS, header, "there is no column `" + column + "`"))
            .toList();
    return missing.isEmpty() ? Checked.ok(table) : Checked.failed(missing);
  }
}
