package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Diagnostic;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is found, once, at its place, and nothing else is said. */
class CheckCodeTest {
  static Stream<Mistake> mistakes() {
    return Stream.of(
            DeclarationMistakes.all(),
            SizeMistakes.all(),
            ExpressionMistakes.all(),
            CallMistakes.all(),
            StatementMistakes.all())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFound(Mistake mistake) {
    var found = mistake.check().diagnostics();
    assertThat(found.stream().map(Diagnostic::code))
        .as(() -> found.toString())
        .containsExactly(mistake.code());
    var diagnostic = found.getFirst();
    assertThat(diagnostic.message()).contains(mistake.message());
    mistake
        .underlined()
        .forEach(
            text -> {
              assertThat(diagnostic.span().text()).isEqualTo(text);
              assertThat(diagnostic.span().start()).isEqualTo(mistake.start());
            });
  }

  @Test
  void everyCodeHasAMistake() {
    assertThat(mistakes().map(Mistake::code)).contains(CheckCode.values());
  }

  @Test
  void everyCodeIsDocumentedAndUnique() {
    var ids = new HashSet<String>();
    for (var code : CheckCode.values()) {
      assertThat(ids.add(code.id())).as(code.id()).isTrue();
      assertThat(code.id()).matches("W03\\d\\d");
      assertThat(code.summary()).isNotBlank().doesNotEndWith(".");
      assertThat(code.help()).endsWith(".");
    }
    assertThat(Arrays.stream(CheckCode.values()).map(CheckCode::id)).isSorted();
  }

  @Test
  void everyMistakeInOneFileIsReported() {
    var mistake =
        Mistake.body(
            CheckCode.UNKNOWN_NAME,
            """
            y[batch, modle] = x
            z = x + nothing
            param w: [model, modle]
            x = relu(x, x)
            """,
            "");
    assertThat(mistake.check().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(
            CheckCode.UNKNOWN_AXIS,
            CheckCode.UNKNOWN_NAME,
            CheckCode.UNKNOWN_AXIS,
            CheckCode.TOO_MANY_ARGUMENTS);
  }

  @Test
  void theBodyOfARepeatIsLookedAtWhateverItsCount() {
    var mistake =
        Mistake.body(CheckCode.UNKNOWN_NAME, "repeat layer - 1 { x = x + nothing  y = x }", "");
    assertThat(mistake.check().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(
            CheckCode.UNLABELLED_REPEAT, CheckCode.UNKNOWN_SIZE, CheckCode.UNKNOWN_NAME);
  }

  @Test
  void whatIsWrongStaysSilent() {
    var mistake =
        Mistake.body(
            CheckCode.UNKNOWN_NAME,
            "y = nothing + x  z[batch] = y * y  u = z + softmax(y, over: seq)  x = x + u",
            "");
    assertThat(mistake.check().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(CheckCode.UNKNOWN_NAME);
  }
}
