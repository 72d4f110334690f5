package dev.weft.testsuite.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  private static String diff(String expected, String actual) {
    return UnifiedDiff.of("x", 10, List.of(expected.split(" ")), List.of(actual.split(" ")));
  }

  @Test
  void equalTextsHaveNothingToShow() {
    assertThat(diff("a b", "a b")).isEqualTo("--- x\n+++ now\n");
  }

  @Test
  void aChangedLineIsShownBothWays() {
    assertThat(diff("a b c", "a x c")).isEqualTo("--- x\n+++ now\n@@ line 10 @@\n a\n-b\n+x\n c\n");
  }

  @Test
  void whatIsCommonIsShownNearChangesOnly() {
    assertThat(diff("a b c d e f g h i j k", "X b c d e f g h i j Y"))
        .isEqualTo(
            """
            --- x
            +++ now
            @@ line 10 @@
            -a
            +X
             b
             c
             d
            @@ line 17 @@
             h
             i
             j
            -k
            +Y
            """);
  }

  @Test
  void addedAndRemovedLinesKeepTheOthersInPlace() {
    assertThat(diff("a c d", "a b c")).isEqualTo("--- x\n+++ now\n@@ line 10 @@\n a\n+b\n c\n-d\n");
  }
}
