package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoosingPrinterTest {
  private final Vocabulary vocabulary = new Vocabulary();
  private final ChoosingPrinter printer = new ChoosingPrinter(vocabulary);

  @Test
  void theBestAlongAnAxis() {
    var scores = operand("s", "batch gate seq");
    var x = operand("x", "batch gate seq");
    assertThat(printer.topK(new TopK("gate", 2), x, scores).text()).isEqualTo("top_k(x, s, 1, 2)");
    assertThat(printer.topK(new TopK("seq", 2), x, scores).text()).isEqualTo("top_k(x, s, -1, 2)");
  }

  @Test
  void positionsReplaceAnAxis() {
    var op = new Nonzero("seq", new Dim("slots", 3));
    assertThat(printer.nonzero(op, operand("x", "batch seq gate")).text())
        .isEqualTo("nonzero(x, 1, 3)");
    assertThat(printer.nonzero(op, operand("x", "batch gate seq")).text())
        .isEqualTo("nonzero(x, -1, 3)");
  }

  /** The tokens of each expert, then axes in every other order. */
  @ParameterizedTest
  @CsvSource({
    "batch seq model, batch gate slots, 'gather_rows(x, i, 1)'",
    "seq model, gate slots, 'gather_rows(x, i, 0)'",
    "batch seq, batch, 'gather_rows(x, i, 1)'",
    "batch gate seq, batch gate, 'gather_rows(x, i, 2)'",
    "seq model, '', 'gather_rows(x, i, 0)'",
    "batch model seq, batch slots, 'gather_rows(x.transpose(1, 2), i, 1)'",
    "seq batch model, batch slots, 'gather_rows(x.transpose(0, 1), i, 1)'",
    "batch seq model, slots batch, 'gather_rows(x, i.T, 1).transpose(0, 1)'",
    "gate batch seq, batch gate, 'gather_rows(x.transpose(0, 1), i, 2)'",
  })
  void rowsAreGathered(String x, String ids, String expected) {
    var printed = printer.gather(new Gather("seq"), operand("x", x), operand("i", ids));
    assertThat(printed.text()).isEqualTo(expected);
  }

  /** The results of all experts, then axes in every other order. */
  @ParameterizedTest
  @CsvSource({
    "batch gate slots model, batch gate slots, batch seq model, 'scatter_rows(x, i, 6, 1)'",
    "gate slots model, gate slots, seq model, 'scatter_rows(x, i, 6, 0)'",
    "gate slots, gate slots, gate seq, 'scatter_rows(x, i, 6, 1)'",
    "model, '', seq model, 'scatter_rows(x, i, 6, 0)'",
    "batch slots model, batch slots, seq batch model,"
        + " 'scatter_rows(x, i, 6, 1).transpose(0, 1)'",
    "batch slots model, slots batch, batch seq model, 'scatter_rows(x, i.T, 6, 1)'",
    "model slots, slots, model seq, 'scatter_rows(x.T, i, 6, 0).T'",
    "slots a b, slots, seq b a, 'scatter_rows(x, i, 6, 0).transpose(1, 2)'",
  })
  void rowsAreScattered(String y, String ids, String result, String expected) {
    var op = new Scatter(new Dim("seq", 6), axes(result));
    assertThat(printer.scatter(op, operand("x", y), operand("i", ids)).text()).isEqualTo(expected);
  }

  @Test
  void theLibraryBringsOneFunctionForEach() {
    var ops = PythonLibrary.of("ops.py");
    assertThat(ops.select(List.of("gather_rows")))
        .contains("def gather_rows(", "def _places(", "# Choices among entries")
        .doesNotContain("def scatter_rows(", "def nonzero(", "def top_k(");
    assertThat(ops.select(List.of("scatter_rows", "nonzero", "top_k")))
        .contains("def scatter_rows(", "def nonzero(", "def top_k(")
        .doesNotContain("def gather_rows(", "def pick(");
  }

  private static Operand operand(String name, String axes) {
    var dims = axes(axes).stream().map(axis -> new Dim(axis, axis.equals("seq") ? 6 : 2)).toList();
    var dtype = name.equals("i") ? DType.I32 : DType.F64;
    return new Operand(Expression.atom(name), new TensorType(dtype, dims), OptionalDouble.empty());
  }

  private static List<String> axes(String text) {
    return Arrays.stream(text.split(" ")).filter(axis -> !axis.isEmpty()).toList();
  }
}
