package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource({
    "a b, a b, x",
    "a b, b a, x.T",
    "a b c, b a c, 'x.transpose(0, 1)'",
    "a b c, c a b, 'x.permute(2, 0, 1)'",
  })
  void axesArePermutedInTheShortestWay(String from, String to, String expected) {
    var permuted = Layout.permute(Expression.atom("x"), axes(from), axes(to));
    assertThat(permuted.text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "b c, a b c, x",
    "c, a b c, x",
    "a, a b c, 'x[..., None, None]'",
    "a b, a b c, 'x[..., None]'",
    "a c, a b c, 'x[:, None]'",
    "b, a b c, 'x[..., None]'",
    "a c, a b c d, 'x[:, None, :, None]'",
    "c a, a b c, 'x.T[:, None]'",
  })
  void anOperandBroadcastsByItsAxes(String own, String target, String expected) {
    var aligned = Layout.align(Expression.atom("x"), type(own), axes(target));
    assertThat(aligned.text()).isEqualTo(expected);
  }

  private static TensorType type(String axes) {
    return new TensorType(DType.F64, axes(axes).stream().map(a -> new Dim(a, 2)).toList());
  }

  private static List<String> axes(String text) {
    return Arrays.asList(text.split(" "));
  }
}
