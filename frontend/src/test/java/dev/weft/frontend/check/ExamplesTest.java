package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.frontend.syntax.PresetDecl;
import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example with every preset, and its published number of parameters. */
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("weft.root", "..")).resolve("examples");

  record Case(Source source, Options options) {
    @Override
    public String toString() {
      return source.name() + " " + options.preset().orElse("as it is");
    }
  }

  static Stream<Case> cases() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      return files.sorted().toList().stream()
          .filter(file -> file.toString().endsWith(".weft"))
          .map(ExamplesTest::source)
          .flatMap(ExamplesTest::cases);
    }
  }

  private static Stream<Case> cases(Source source) {
    var presets = SyntaxParser.parse(source).orThrow().presets().stream().map(PresetDecl::name);
    return Stream.concat(
        Stream.of(new Case(source, Options.NONE)),
        presets.map(name -> new Case(source, Options.preset(name.text()))));
  }

  private static Source source(Path file) {
    try {
      return new Source(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRight(Case example) {
    var model = Small.check(example.source().text(), example.options());
    assertThat(model.module().only().inputIndices(Port.Weight.class)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2,   small, 124439808",
    "llama2, 7b,    6738415616",
    "llama2, 70b,   68976648192",
    "bert,   base,  109482240",
    "vit,    b16,   86567656",
    "t5,     base,  222903552",
  })
  void hasThePublishedNumberOfParameters(String file, String preset, long parameters) {
    assertThat(parameters(check(file, Options.preset(preset)))).isEqualTo(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7b"})
  void theExampleOfTheLanguageIsRight(String preset) throws IOException {
    var text = Files.readString(EXAMPLES.resolveSibling("docs").resolve("language.md"));
    int start = text.indexOf("```weft") + "```weft".length();
    var file = text.substring(start, text.indexOf("```", start));
    var options = preset.isEmpty() ? Options.NONE : Options.preset(preset);
    assertThat(Small.check(file, options).sizes()).containsKey("layers");
  }

  private static CheckedModel check(String file, Options options) {
    return Small.check(source(EXAMPLES.resolve(file + ".weft")).text(), options);
  }

  private static long parameters(CheckedModel model) {
    var function = model.module().only();
    return function.inputIndices(Port.Weight.class).stream()
        .mapToLong(i -> function.body().params().get(i).type().elements())
        .sum();
  }

  @Test
  void moreLayersAreNotMoreCode() {
    var few = check("llama2", Options.preset("70b").with("layers", "2"));
    var many = check("llama2", Options.preset("70b").with("layers", "4000"));
    assertThat(Small.ops(many.module().only().body()))
        .isEqualTo(Small.ops(few.module().only().body()));
  }
}
