package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  private static CsvTable read(String text) {
    return CsvTable.read(new Source("runs.csv", text)).orThrow();
  }

  private static List<String> wrong(String text) {
    return CsvTable.read(new Source("runs.csv", text)).diagnostics().stream()
        .map(CsvTableTest::line)
        .toList();
  }

  private static String line(Diagnostic diagnostic) {
    return diagnostic.code().id() + " " + diagnostic.span().place();
  }

  @Test
  void cellsAreReadByTheNameOfTheirColumn() {
    var row = read("a,b,c\n 12 ,\"x, \"\"y\"\"\",\n").rows().getFirst();
    assertThat(row.integer("a")).hasValue(12);
    assertThat(row.text("b")).isEqualTo("x, \"y\"");
    assertThat(row.text("c")).isEmpty();
    assertThat(row.text("no such column")).isEmpty();
  }

  @Test
  void aRowKnowsItsLineAlsoBelowALineBreakInACell() {
    var rows = read("a,b\n1,\"two\nlines\"\n3,4\n\n5,6\n").rows();
    assertThat(rows).extracting(CsvRow::line).containsExactly(2, 4, 6);
  }

  @Test
  void whatIsNoNumberCountsAsAbsent() {
    var row = read("a,b,c,d\nOOM(>80),51.0,2.5,1e3\n").rows().getFirst();
    assertThat(row.number("a")).isEmpty();
    assertThat(row.integer("b")).hasValue(51);
    assertThat(row.integer("c")).isEmpty();
    assertThat(row.number("c")).hasValue(2.5);
    assertThat(row.integer("d")).hasValue(1000);
  }

  @Test
  void everyRowOfAnotherWidthIsReported() {
    assertThat(wrong("a,b\n1\n1,2\n1,2,3\n"))
        .containsExactly("W0831 runs.csv:2:1", "W0831 runs.csv:4:1");
  }

  @Test
  void anOpenQuoteIsReported() {
    assertThat(wrong("a,b\n1,2\n1,\"2\n3,4\n")).containsExactly("W0831 runs.csv:3:1");
  }

  @Test
  void aTableWithoutRowsIsReported() {
    assertThat(wrong("a,b\n")).singleElement().asString().startsWith("W0833");
    assertThat(wrong("")).singleElement().asString().startsWith("W0833");
  }
}
