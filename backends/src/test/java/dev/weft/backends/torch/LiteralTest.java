package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "-0.5, -0.5",
    "1e-5, 1.0E-5",
    "6.25e-10, 6.25E-10",
    "1e22, 1E22",
    "'float(\"inf\")', Infinity",
    "'float(\"-inf\")', -Infinity",
  })
  void numbersArePythons(String python, double value) {
    assertThat(Literal.number(value)).isEqualTo(python);
  }

  @Test
  void aTupleOfOneHasAComma() {
    assertThat(Literal.tuple(List.of(3))).isEqualTo("(3,)");
    assertThat(Literal.tuple(List.of())).isEqualTo("()");
    assertThat(Literal.strings(List.of("dp", "tp"))).isEqualTo("(\"dp\", \"tp\")");
  }

  @Test
  void stringsAreQuoted() {
    assertThat(Literal.string("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
  }

  @Test
  void shapesBearAxisNames() {
    var type = TensorType.of(DType.F32, new Dim("batch", 4), new Dim("seq", 32));
    assertThat(Literal.describe(type)).isEqualTo("[batch 4, seq 32]");
    assertThat(Literal.shape(type)).isEqualTo("(4, 32)");
  }
}
