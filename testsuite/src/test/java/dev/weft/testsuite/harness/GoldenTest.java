package dev.weft.testsuite.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code src/test/resources/cases}. */
class GoldenTest {
  @TestFactory
  Stream<DynamicNode> cases() {
    return Cases.below(Cases.folder()).stream().map(GoldenTest::tests);
  }

  private static DynamicNode tests(CaseFile file) {
    var name = Cases.folder().relativize(file.path()).toString();
    var tests =
        file.cases().stream()
            .map(one -> dynamicTest(one.title(), file.path().toUri(), () -> test(file, one)));
    return dynamicContainer(name, file.path().toUri(), tests);
  }

  private static void test(CaseFile file, Case one) {
    var verdict = Verdict.of(one);
    if (!verdict.isRight()) {
      fail(explain(file, one, verdict));
    }
  }

  private static String explain(CaseFile file, Case one, Verdict verdict) {
    var path = Cases.root().relativize(file.path().toAbsolutePath());
    var meaning = verdict.meaning().stream().map(m -> m + "\n").collect(Collectors.joining());
    var form =
        verdict.form().entrySet().stream()
            .map(
                entry -> {
                  var old = one.block(entry.getKey()).map(Expected::text).orElse(List.of());
                  return entry.getKey() + ":\n" + TextDifference.of(old, entry.getValue());
                })
            .collect(Collectors.joining("\n"));
    var advice = form.isEmpty() ? "" : "\nto accept the new text: ./dev bless " + path + "\n";
    return path + ", " + one.title() + "\n" + meaning + form + advice;
  }

  @Test
  void thereAreCases() {
    assertThat(Cases.below(Cases.folder())).hasSizeGreaterThan(10);
  }
}
