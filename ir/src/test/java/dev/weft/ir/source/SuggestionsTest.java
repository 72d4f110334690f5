package dev.weft.ir.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> NAMES = List.of("model", "heads", "batch", "seq", "vocab");

  @ParameterizedTest
  @CsvSource({
    "modle,model",
    "MODEL,model",
    "head,heads",
    "bach,batch",
    "batchs,batch",
    "sqe,seq",
    "voacb,vocab"
  })
  void findsTheNearest(String name, String expected) {
    assertThat(Suggestions.closest(name, NAMES)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"banana", "x", "''", "layers"})
  void staysSilentWhereNothingIsNear(String name) {
    assertThat(Suggestions.closest(name, NAMES)).isEmpty();
  }

  @Test
  void theEarliestWinsATie() {
    assertThat(Suggestions.closest("pp", List.of("tp", "dp"))).contains("tp");
    assertThat(Suggestions.closest("pp", List.of("dp", "tp"))).contains("dp");
  }

  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "abc,abc,0",
    "abc,'',3",
    "abc,abd,1",
    "abc,acb,1",
    "abc,cab,2",
    "kitten,sitting,3"
  })
  void countsEdits(String a, String b, int distance) {
    assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
    assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
  }
}
