package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Edit;
import dev.weft.ir.source.Source;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands behind something wrong is still read. */
final class RecoveryTest {
  @Test
  void reportsSeveralMistakesAndKeepsTheRest() {
    var checked =
        check(
            """
            model m(layers: 2, model = , ffn = 4) {
              axis batch seq
              x = f(a, on = b)
              repeat layers blocks {
                y = = 3
                z = 4
              }
              output x
            }
            block f(x[a], y: axes, z: axis) -> [a {
              return x
            }
            preset p { layers 2, heads = 3 }
            """);
    assertThat(checked.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "expected `=`, found `:`",
            "expected an expression, found `,`",
            "expected an operator or the next line, found `seq`",
            "expected `:`, found `=`",
            "expected `{`, found `blocks`",
            "expected an expression, found `=`",
            "expected `axis`, found `axes`",
            "this `[` is never closed",
            "expected `=`, found `2`");
    var tree = checked.value().orElseThrow();
    assertThat(tree.models().getFirst().parameters())
        .extracting(p -> p.name().text())
        .containsExactly("layers", "ffn");
    assertThat(tree.blocks().getFirst().formals())
        .extracting(f -> f.name().text())
        .containsExactly("x", "z");
    assertThat(tree.presets().getFirst().settings())
        .extracting(s -> s.name().text())
        .containsExactly("heads");
  }

  @Test
  void indentationTellsWhichBraceIsMissing() {
    var checked =
        check(
            """
            model m {
              repeat n as blocks {
                x = 1
              output x
            }

            block f(x[a]) {
              return x
            """);
    assertThat(checked.diagnostics())
        .extracting(d -> d.span().place() + " " + d.message())
        .containsExactly(
            "test:2:22 this `{` is never closed", "test:7:15 this `{` is never closed");
    assertThat(checked.value().orElseThrow().blocks()).hasSize(1);
  }

  @Test
  void aFileMayBeginWithAClosingBrace() {
    var checked = check("}\nmodel m {\n  a = 1\n}\n");
    assertThat(checked.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(SyntaxCode.NEVER_OPENED);
    assertThat(checked.value().orElseThrow().models()).hasSize(1);
  }

  @Test
  void aStatementIndentedAsAHeaderEndsItsBody() {
    var text =
        """
        model m {
          repeat n as blocks {
            x = 1
          output x
          y = 2
        }
        """;
    var diagnostic = check(text).diagnostics().getFirst();
    var mended = text.replace("x = 1\n", "x = 1\n  }\n");
    assertThat(Mending.apply(text, diagnostic.fix())).isEqualTo(mended);
    assertThat(check(text).value().orElseThrow().models().getFirst().body()).hasSize(3);
  }

  @Test
  void aFileWithoutIndentationKeepsItsBodies() {
    var checked = check("model m {\nrepeat n as blocks {\nx = 1\ny = 2\n}\noutput x\n");
    assertThat(checked.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(SyntaxCode.NEVER_CLOSED);
  }

  @Test
  void aHeaderWithoutItsBraceIsOneMistake() {
    var checked =
        check(
            """
            model m
              repeat n as blocks
                x = 1
              }
              output x
            }

            preset p { n = 2 }
            """);
    assertThat(checked.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(SyntaxCode.NO_BRACE, SyntaxCode.NO_BRACE);
    assertThat(checked.value().orElseThrow().models().getFirst().body()).hasSize(2);
  }

  @Test
  void aMisspelledDeclarationIsNamed() {
    var checked = check("modle gpt2(layers = 12) {\n  axis a\n}\npreset p { layers = 2 }\n");
    assertThat(checked.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.fix()).extracting(Edit::replacement).containsExactly("model"));
    assertThat(checked.value().orElseThrow().presets()).hasSize(1);
  }

  /**
   * Whatever is cut out of, doubled in, or thrown into a file: a tree and diagnostics come back.
   */
  @Test
  void neverFails() {
    var texts = WeftFiles.all().map(Source::text).toList();
    for (long seed = 0; seed < 400; seed++) {
      var random = new Random(seed);
      var broken = damage(texts.get(random.nextInt(texts.size())), random);
      var checked = check(broken);
      assertThat(checked.value()).as("seed %d", seed).isPresent();
      for (var diagnostic : checked.diagnostics()) {
        assertThat(diagnostic.span().end())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(broken.length());
      }
    }
  }

  private static String damage(String text, Random random) {
    var damaged = new StringBuilder(text);
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(1, 40)));
        case 1 -> damaged.insert(at, damaged.substring(at / 2, Math.min(at, at / 2 + 30)));
        default -> damaged.insert(at, "(){}[]=:,*@#\"$;-".charAt(random.nextInt(16)));
      }
    }
    return damaged.toString();
  }

  private static Checked<SyntaxTree> check(String text) {
    return SyntaxParser.parse(new Source("test", text));
  }
}
