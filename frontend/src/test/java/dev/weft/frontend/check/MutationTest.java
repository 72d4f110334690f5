package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.DiagnosticRenderer;
import dev.weft.ir.source.Source;
import dev.weft.ir.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Examples whose words are exchanged, dropped and repeated at random: each is either a right
 * program with right IR, or is refused with diagnostics that can be shown.
 */
class MutationTest {
  private static final long SEED = 20_250_101;
  private static final int MUTANTS = Integer.getInteger("weft.mutants", 600);
  private static final Pattern WORD = Pattern.compile("\\w+|\\S");

  private final Random random = new Random(SEED);

  @Test
  void noFileIsTooWrong() throws IOException {
    var examples = examples();
    int right = 0;
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutant(examples.get(i % examples.size()));
      right += check(mutant, i) ? 1 : 0;
    }
    assertThat(right).isBetween(1, MUTANTS - 1);
  }

  private static boolean check(String mutant, int number) {
    try {
      var checked = Frontend.check(new Source("mutant.weft", mutant), Options.NONE);
      assertThat(DiagnosticRenderer.plain().render(checked.diagnostics())).isNotNull();
      assertThat(checked.value().isPresent()).isNotEqualTo(checked.hasErrors());
      checked.value().ifPresent(m -> assertThat(Verifier.verify(m.module())).isEmpty());
      return checked.value().isPresent();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("mutant " + number + " of seed " + SEED + ":\n" + mutant, e);
    }
  }

  /** One to three words changed. */
  private String mutant(String text) {
    var words = new ArrayList<>(WORD.matcher(text).results().toList());
    var mutant = text;
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int place = random.nextInt(words.size());
      mutant = changed(mutant, words.get(place), words);
      words = new ArrayList<>(WORD.matcher(mutant).results().toList());
    }
    return mutant;
  }

  private String changed(String text, MatchResult word, List<MatchResult> words) {
    var other = words.get(random.nextInt(words.size())).group();
    var replacement =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> word.group() + " " + word.group();
          case 2 -> Integer.toString(random.nextInt(40));
          default -> other;
        };
    return text.substring(0, word.start()) + replacement + text.substring(word.end());
  }

  private static List<String> examples() throws IOException {
    var folder = Path.of(System.getProperty("weft.root", "..")).resolve("examples");
    try (var files = Files.list(folder)) {
      var texts = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        if (file.toString().endsWith(".weft")) {
          // The comments are left out: words in them change nothing.
          texts.add(Files.readString(file).replaceAll("//[^\n]*", ""));
        }
      }
      return texts;
    }
  }
}
