package dev.weft.testsuite.bad;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong is said in words, at its place, with the right exit status, and no more. */
class BadInputTest {
  private static final int LEAST_CASES = 80;
  private static final Pattern TITLE = Pattern.compile("^(?:error|warning)\\[(W\\d{4})]: \\S");

  private static final Pattern INPUT = Pattern.compile("[.](weft|json|ir)$");

  /** A longer line is shown in part. */
  private static final int SHOWN = 160;

  @TempDir static Path folder = Path.of("");

  private static SortedMap<String, String> before = new TreeMap<>();

  static List<BadInput> cases() {
    return BadInput.all();
  }

  @BeforeAll
  static void copyTheCorpus() {
    Corpus.copyTo(folder);
    before = Corpus.contents(folder);
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(Corpus.contents(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedToPeople(BadInput bad) {
    var ran = Ran.of(folder, bad.arguments());
    assertThat(ran.status()).as(ran.err()).isEqualTo(bad.status());
    assertThat(titles(ran.err()))
        .as(ran.err())
        .isEqualTo(bad.findings().stream().map(Finding::code).toList());
    bad.findings().stream().filter(Finding::isPlaced).forEach(f -> assertShown(f, ran));
    assertThat(ran.err()).doesNotContain("\tat ", "Exception", "java.", "jackson", "picocli");
    if (ran.status() != 0) {
      assertThat(ran.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isExplainedToMachines(BadInput bad) {
    var arguments = new ArrayList<>(bad.arguments());
    arguments.add("--json");
    var ran = Ran.of(folder, arguments);
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
    assertThat(files().filter(file -> !used.contains(file))).isEmpty();
    assertThat(files()).isNotEmpty();
  }

  private static Stream<String> files() {
    return before.keySet().stream().filter(name -> INPUT.matcher(name).find());
  }

  private static List<String> titles(String err) {
    return err.lines()
        .map(TITLE::matcher)
        .filter(title -> title.find())
        .map(title -> title.group(1))
        .toList();
  }

  /** The place, and of a file also the line itself. */
  private static void assertShown(Finding finding, Ran ran) {
    assertThat(ran.err()).contains("--> " + finding.place() + ":");
    var file = folder.resolve(finding.file());
    if (Files.isRegularFile(file)) {
      var lines = Corpus.read(file).split("\n", -1);
      var line = lines[finding.line() - 1].strip();
      assertThat(line.length() > SHOWN || ran.err().contains(line)).as(line).isTrue();
    }
  }
}
