package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The laws of the formatter, on random files with space and comments thrown in. Files grow with the
 * seed, so that the first failure is a small one; its seed and text are in the message.
 */
final class FormatterPropertyTest {
  private static final int CASES = Integer.getInteger("weft.formatter.cases", 1500);

  @Test
  void formattingKeepsTheTreeAndTheCommentsAndIsIdempotent() {
    for (int seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      holds(mangled(RandomProgram.tokens(random, 1 + seed / 200), random), seed);
    }
  }

  @Test
  void theLawsHoldForTheFilesOfThisCheckout() {
    WeftFiles.all().forEach(source -> holds(source.text(), 0));
  }

  private static void holds(String text, int seed) {
    var where = "seed " + seed + "\n" + text;
    var parsed = SyntaxParser.parse(new Source("random", text));
    assertThat(parsed.diagnostics()).as(where).isEmpty();
    var tree = parsed.orThrow();
    var formatted = Formatter.format(tree);
    var again = SyntaxParser.parse(new Source("formatted", formatted)).orThrow();
    assertThat(Shape.of(again)).as(where).isEqualTo(Shape.of(tree));
    assertThat(texts(again)).as(where).containsExactlyInAnyOrderElementsOf(texts(tree));
    assertThat(Formatter.format(again)).as(where).isEqualTo(formatted);
    assertThat(formatted).as(where).doesNotContain("\n\n\n").doesNotContainPattern("[ \t]\n");
  }

  private static List<String> texts(SyntaxTree tree) {
    return tree.comments().stream().map(Comment::text).collect(Collectors.toList());
  }

  private static String mangled(List<String> tokens, Random random) {
    var text = new StringBuilder();
    int comments = 0;
    for (var token : tokens) {
      switch (random.nextInt(12)) {
        case 0 -> text.append("\n");
        case 1 -> text.append("\n\n\n  ");
        case 2 -> text.append("  // ").append(comments++).append(" { ( =\n");
        case 3 -> text.append("\n// ").append(comments++).append("\n");
        case 4 -> text.append("\t  ");
        default -> text.append(" ");
      }
      text.append(token);
    }
    return text.toString();
  }
}
