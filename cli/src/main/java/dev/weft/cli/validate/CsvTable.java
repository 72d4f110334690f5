package dev.weft.cli.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table as RFC 4180 writes it: a header, then rows of as many cells, separated by commas, quoted
 * where they hold commas, quotes or line breaks.
 *
 * @param columns the header
 */
public record CsvTable(List<String> columns, List<CsvRow> rows) {
  public CsvTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Reads a table; all rows of another width than the header are reported. */
  public static Checked<CsvTable> read(Source source) {
    var reader = new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);
    var found = new Found(source);
    try (MappingIterator<String[]> lines = reader.readValues(source.text())) {
      while (lines.hasNextValue()) {
        found.add(lines.nextValue());
      }
      return found.table();
    } catch (JsonProcessingException e) {
      return Checked.failed(found.malformed(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory", e);
    }
  }

  /** What has been read so far. */
  private static final class Found {
    private final Source source;
    private final List<String> columns = new ArrayList<>();
    private final List<CsvRow> rows = new ArrayList<>();
    private final List<Diagnostic> wrong = new ArrayList<>();
    private int line = 1;

    Found(Source source) {
      this.source = source;
    }

    /** The header, then row after row. */
    void add(String[] cells) {
      if (line == 1) {
        Stream.of(cells).map(String::strip).forEach(columns::add);
      } else if (cells.length == columns.size()) {
        rows.add(row(cells));
      } else if (cells.length != 1 || !cells[0].isBlank()) {
        wrong.add(
            malformed("%d cells where the header has %d".formatted(cells.length, columns.size())));
      }
      line += 1 + lineBreaks(cells);
    }

    Checked<CsvTable> table() {
      if (rows.isEmpty() && wrong.isEmpty()) {
        wrong.add(Diagnostic.of(ValidateCode.TABLE_EMPTY, source.whole(), "the table has no rows"));
      }
      return wrong.isEmpty() ? Checked.ok(new CsvTable(columns, rows)) : Checked.failed(wrong);
    }

    Diagnostic malformed(String message) {
      return Diagnostic.of(ValidateCode.TABLE_FORM, place(), message);
    }

    private CsvRow row(String[] cells) {
      var named = new HashMap<String, String>();
      for (int c = 0; c < cells.length; c++) {
        if (!cells[c].isBlank()) {
          named.put(columns.get(c), cells[c].strip());
        }
      }
      return new CsvRow(line, named);
    }

    /** The first line of what is being read. */
    private Span place() {
      int start = 0;
      for (int i = 1; i < line; i++) {
        start = source.text().indexOf('\n', start) + 1;
      }
      return new Span(source, start, start + source.lineText(line).length());
    }
  }

  private static int lineBreaks(String[] cells) {
    return (int) Stream.of(cells).flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }
}
