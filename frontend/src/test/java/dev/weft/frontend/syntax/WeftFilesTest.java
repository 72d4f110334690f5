package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example and every file of the standard library is right and in canonical layout. */
final class WeftFilesTest {
  static Stream<Source> files() {
    return WeftFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void parsesWithoutDiagnostics(Source source) {
    assertThat(SyntaxParser.parse(source).diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isFormatted(Source source) {
    assertThat(Formatter.format(source).orThrow()).isEqualTo(source.text());
  }

  @ParameterizedTest
  @MethodSource("files")
  void survivesWindowsLines(Source source) {
    var windows = new Source(source.name(), source.text().replace("\n", "\r\n"));
    assertThat(Formatter.format(windows).orThrow()).isEqualTo(source.text());
  }

  @Test
  void everyModelHasAPresetToTryItWith() {
    assertThat(
            WeftFiles.all()
                .map(source -> SyntaxParser.parse(source).orThrow())
                .filter(tree -> !tree.models().isEmpty()))
        .hasSize(9)
        .allSatisfy(tree -> assertThat(tree.preset("tiny")).as(tree.source().name()).isPresent());
  }

  @Test
  void everyBlockOfTheLibraryIsDocumented() {
    assertThat(
            WeftFiles.all()
                .map(source -> SyntaxParser.parse(source).orThrow())
                .flatMap(tree -> tree.blocks().stream()))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(block.documentation()).isNotBlank());
  }
}
