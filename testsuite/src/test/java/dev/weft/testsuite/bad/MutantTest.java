package dev.weft.testsuite.bad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of which words and lines are dropped, repeated and exchanged at random: each is accepted or
 * refused in words, and soon.
 */
class MutantTest {
  private static final long SEED = 20_251_121;
  private static final int MUTANTS = Integer.getInteger("weft.mutants", 300);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Random random = new Random(SEED);
  private final List<Integer> statuses = new ArrayList<>();

  @Test
  void everyMutantOfAnExampleIsCheckedAndFormatted(@TempDir Path folder) {
    var file = folder.resolve("mutant.weft");
    var examples = examples();
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutant(examples.get(i % examples.size()));
      write(file, mutant);
      run(folder, mutant, "check", "mutant.weft");
      boolean formatted = run(folder, mutant, "fmt", "mutant.weft").status() == 0;
      if (formatted) {
        assertThat(run(folder, mutant, "fmt", "--check", "mutant.weft").status()).isZero();
      } else {
        assertThat(Corpus.read(file)).as("a file that is not formatted").isEqualTo(mutant);
      }
    }
    assertThat(statuses).contains(0, 1);
  }

  @Test
  void everyMutantOfAPlanIsRead(@TempDir Path folder) {
    write(folder.resolve("small.weft"), Corpus.read(Corpus.file("good/small.weft")));
    var plan = Corpus.read(Corpus.file("good/plan.json"));
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutant(plan);
      write(folder.resolve("mutant.json"), mutant);
      run(folder, mutant, "plan", "small.weft", "--plan", "mutant.json");
    }
    assertThat(statuses).contains(0, 1);
  }

  private Ran run(Path folder, String mutant, String... arguments) {
    var ran =
        assertTimeoutPreemptively(LONGEST, () -> Ran.of(folder, List.of(arguments)), () -> mutant);
    assertThat(ran.status()).as("%s%n%s", mutant, ran.err()).isIn(0, 1);
    assertThat(ran.err()).as(mutant).doesNotContain("\tat ", "Exception");
    statuses.add(ran.status());
    return ran;
  }

  /** A text with one to three changes. */
  private String mutant(String text) {
    var mutant = text;
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      mutant = random.nextInt(3) == 0 ? changed(mutant, "(?<=\n)") : changed(mutant, "\\b");
    }
    return mutant;
  }

  /** A text of which one piece is dropped, repeated, exchanged with another or put elsewhere. */
  private String changed(String text, String between) {
    var pieces = new ArrayList<>(List.of(text.split(between, -1)));
    int at = random.nextInt(pieces.size());
    int other = random.nextInt(pieces.size());
    switch (random.nextInt(4)) {
      case 0 -> pieces.remove(at);
      case 1 -> pieces.add(at, pieces.get(at));
      case 2 -> Collections.swap(pieces, at, other);
      default -> pieces.add(other, pieces.get(at));
    }
    return String.join("", pieces);
  }

  private static List<String> examples() {
    try (var files = Files.list(Corpus.repository("examples"))) {
      Stream<Path> sorted = files.filter(f -> f.toString().endsWith(".weft")).sorted();
      return sorted.map(Corpus::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
