package dev.weft.testsuite.bad;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong is said in words, at its place, with the right exit status, and no more. */
class BadInputTest {
  private static final int LEAST_CASES = 80;
  private static final Pattern TITLE = Pattern.compile("^(?:error|warning)\\[(W\\d{4})]: \\S");

  private static final Pattern INPUT = Pattern.compile("[.](weft|json|ir)$");

  /** What a line of a file is shown of, where it is long. */
  private static final int SHOWN = 60;

  static List<BadInput> cases() {
    return BadInput.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedToPeople(BadInput bad, @TempDir Path folder) {
    var ran = runUntouched(bad.arguments(), folder);
    assertThat(ran.status()).as(ran.err()).isEqualTo(bad.status());
    assertThat(titles(ran.err()))
        .as(ran.err())
        .isEqualTo(bad.findings().stream().map(Finding::code).toList());
    bad.findings().stream().filter(Finding::isPlaced).forEach(f -> assertShown(f, folder, ran));
    assertThat(ran.err()).doesNotContain("\tat ", "Exception", "java.", "jackson", "picocli");
    if (ran.status() != 0) {
      assertThat(ran.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedToMachines(BadInput bad, @TempDir Path folder) {
    var arguments = new ArrayList<>(bad.arguments());
    arguments.add("--json");
    var ran = runUntouched(arguments, folder);
    assertThat(ran.status()).as(ran.out()).isEqualTo(bad.status());
    assertThat(ran.findings()).as(ran.out()).isEqualTo(bad.findings());
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void thereAreEnough() {
    assertThat(cases()).hasSizeGreaterThan(LEAST_CASES).doesNotHaveDuplicates();
  }

  @Test
  void everyFileIsUsed() {
    var used = cases().stream().flatMap(c -> c.arguments().stream()).toList();
    assertThat(files()).isNotEmpty().allMatch(used::contains);
  }

  private static Stream<String> files() {
    var folder = Corpus.file("");
    return Corpus.contents(folder).keySet().stream()
        .filter(name -> Files.isRegularFile(folder.resolve(name)))
        .filter(name -> INPUT.matcher(name).find());
  }

  /** Runs a command in a copy of the corpus, of which it changes nothing. */
  private static Ran runUntouched(List<String> arguments, Path folder) {
    Corpus.copyTo(folder);
    var before = Corpus.contents(folder);
    var ran = Ran.of(folder, arguments);
    assertThat(Corpus.contents(folder)).as("files afterwards").isEqualTo(before);
    return ran;
  }

  private static List<String> titles(String err) {
    return err.lines()
        .map(TITLE::matcher)
        .filter(title -> title.find())
        .map(title -> title.group(1))
        .toList();
  }

  /** The place, and of a file also the line itself. */
  private static void assertShown(Finding finding, Path folder, Ran ran) {
    assertThat(ran.err()).contains("--> " + finding.place() + ":");
    var file = folder.resolve(finding.file());
    if (Files.isRegularFile(file)) {
      var lines = Corpus.read(file).split("\n", -1);
      var line = lines[finding.line() - 1].strip();
      assertThat(ran.err()).contains(line.substring(0, Math.min(SHOWN, line.length())));
    }
  }
}
