package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.Contract;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductPrinterTest {
  @ParameterizedTest
  @CsvSource({
    "batch model, model ffn, batch ffn, x @ y",
    "batch ffn, model ffn, batch model, x @ y.T",
    "model ffn, batch seq model, batch seq ffn, y @ x",
    "batch seq, batch seq, batch seq, x * y",
    "batch, seq, batch seq, 'x[..., None] * y'",
    "batch model, batch ffn, model ffn, 'einsum(\"bm,bf->mf\", x, y)'",
    "'', batch model, model, 'einsum(\",bm->m\", x, y)'",
    "batch model, '', model, 'einsum(\"bm,->m\", x, y)'",
    "seq heads key, source heads key, heads seq source, 'einsum(\"shk,ohk->hso\", x, y)'",
  })
  void aProductIsWrittenAsWhatItIs(String a, String b, String result, String expected) {
    assertThat(print(result, a, b)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "batch model, model, x.sum(0)",
    "batch model, batch, x.sum(-1)",
    "batch model, model batch, x.T",
    "batch seq model, seq, 'x.sum((0, 2))'",
  })
  void aProductOfOneIsASum(String a, String result, String expected) {
    assertThat(print(result, a)).isEqualTo(expected);
  }

  private static String print(String result, String... operands) {
    var printed = new ArrayList<Operand>();
    var names = List.of("x", "y");
    for (int i = 0; i < operands.length; i++) {
      var dims = axes(operands[i]).stream().map(axis -> new Dim(axis, 2)).toList();
      var type = new TensorType(DType.F64, dims);
      printed.add(new Operand(Expression.atom(names.get(i)), type, OptionalDouble.empty()));
    }
    return new ProductPrinter(new Vocabulary())
        .contract(new Contract(axes(result)), printed)
        .text();
  }

  private static List<String> axes(String text) {
    return Arrays.stream(text.split(" ")).filter(axis -> !axis.isEmpty()).toList();
  }
}
