package dev.weft.testsuite.bad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Code;
import dev.weft.testsuite.Codes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every diagnostic is produced by a case: of the corpus, or of a unit test that elsewhere.txt
 * names.
 */
class EveryCodeTest {
  private static final Map<String, String> ELSEWHERE = elsewhere();

  @Test
  void hasACase() {
    var inCorpus = inCorpus();
    assertThat(Codes.all())
        .filteredOn(code -> !inCorpus.contains(code.id()) && !ELSEWHERE.containsKey(code.id()))
        .as("codes without a case")
        .isEmpty();
  }

  /** The list of exceptions is as short as it can be, and what it names is there. */
  @Test
  void isInAnotherTestOnlyWhereTheCorpusLacksIt() {
    var codes = Codes.all().stream().collect(Collectors.toMap(Code::id, code -> code));
    var inCorpus = inCorpus();
    ELSEWHERE.forEach(
        (id, file) -> {
          assertThat(codes).containsKey(id);
          assertThat(inCorpus).doesNotContain(id);
          var test = Corpus.repository(file);
          assertThat(test).as(id).isRegularFile();
          assertThat(Corpus.read(test)).as(file).containsAnyOf(id, Objects.toString(codes.get(id)));
        });
  }

  private static List<String> inCorpus() {
    return BadInput.all().stream().flatMap(c -> c.findings().stream()).map(Finding::code).toList();
  }

  private static Map<String, String> elsewhere() {
    var files = new TreeMap<String, String>();
    Corpus.read(Corpus.file("elsewhere.txt"))
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" +", 2))
        .forEach(words -> files.put(words[0], words[1]));
    return files;
  }
}
