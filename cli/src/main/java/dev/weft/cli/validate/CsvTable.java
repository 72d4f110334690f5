package dev.weft.cli.validate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.io.IOException;
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
    try (MappingIterator<String[]> lines = reader.readValues(source.text())) {
      return read(source, lines);
    } catch (RuntimeJsonMappingException e) {
      return Checked.failed(malformed(source, e));
    } catch (IOException e) {
      return Checked.failed(malformed(source, e));
    }
  }

  private static Checked<CsvTable> read(Source source, MappingIterator<String[]> lines) {
    if (!lines.hasNext()) {
      return Checked.failed(empty(source));
    }
    var columns = Stream.of(lines.next()).map(String::strip).toList();
    var rows = new ArrayList<CsvRow>();
    var wrong = new ArrayList<Diagnostic>();
    int line = 2;
    while (lines.hasNext()) {
      var cells = lines.next();
      if (cells.length == columns.size()) {
        rows.add(row(line, columns, cells));
      } else if (cells.length != 1 || !cells[0].isBlank()) {
        wrong.add(width(source, line, columns.size(), cells.length));
      }
      line += 1 + lineBreaks(cells);
    }
    if (rows.isEmpty() && wrong.isEmpty()) {
      wrong.add(empty(source));
    }
    return wrong.isEmpty() ? Checked.ok(new CsvTable(columns, rows)) : Checked.failed(wrong);
  }

  private static int lineBreaks(String[] cells) {
    return (int) Stream.of(cells).flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private static CsvRow row(int line, List<String> columns, String[] cells) {
    var named = new HashMap<String, String>();
    for (int c = 0; c < cells.length; c++) {
      if (!cells[c].isBlank()) {
        named.put(columns.get(c), cells[c].strip());
      }
    }
    return new CsvRow(line, named);
  }

  private static Diagnostic empty(Source source) {
    return Diagnostic.of(ValidateCode.TABLE_EMPTY, source.whole(), "the table has no rows");
  }

  private static Diagnostic width(Source source, int line, int expected, int found) {
    var message = "%d cells where the header has %d".formatted(found, expected);
    return Diagnostic.of(ValidateCode.TABLE_FORM, line(source, line), message);
  }

  private static Diagnostic malformed(Source source, Exception e) {
    var cause = e.getCause() instanceof JsonProcessingException inner ? inner : e;
    var location = cause instanceof JsonProcessingException json ? json.getLocation() : null;
    var place = location == null ? source.whole() : at(source, location);
    var message =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    return Diagnostic.of(ValidateCode.TABLE_FORM, place, message);
  }

  private static Span at(Source source, JsonLocation location) {
    return line(source, Math.max(1, location.getLineNr()));
  }

  private static Span line(Source source, int line) {
    int start = 0;
    for (int i = 1; i < line && source.text().indexOf('\n', start) >= 0; i++) {
      start = source.text().indexOf('\n', start) + 1;
    }
    int end = source.text().indexOf('\n', start);
    return new Span(source, start, end < 0 ? source.text().length() : end);
  }
}
