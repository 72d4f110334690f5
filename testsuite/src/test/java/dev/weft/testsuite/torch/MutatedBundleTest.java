package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that is wrong in one place does not pass its parity test. */
class MutatedBundleTest {
  private static final Pattern SUM = Pattern.compile("all_reduce\\(");
  private static final String NOT_SUMMED = "(lambda x, *_: x)(";

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyMissingSumIsFound() throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2");
    var file = bundle.directory().resolve("model.py");
    var right = Files.readString(file);
    var mutants = new LinkedHashMap<String, String>();
    for (int start : calls(right)) {
      mutants.put(place(right, start), without(right, start));
    }
    mutants.put("a gradient of the wrong sign", right.replace("d_x + d_x2", "d_x - d_x2"));
    mutants.put("nothing", right);
    var commands = new ArrayList<Python.Command>();
    var names = List.copyOf(mutants.keySet());
    for (var program : mutants.values()) {
      var copy = bundle.copy(folder.resolve("mutant-" + commands.size()));
      Files.writeString(copy.resolve("model.py"), program);
      commands.add(new Python.Command(copy, "test_parity.py", "--steps", "1"));
    }
    var ended = python.run(commands);
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                dynamicTest(
                    names.get(i),
                    () -> assertVerdict(ended.get(i), names.get(i).equals("nothing"))));
  }

  private static void assertVerdict(Python.Ended parity, boolean isRight) {
    assertThat(parity.output()).contains(isRight ? "PASS: " : "FAIL: ");
    assertThat(parity.code()).isEqualTo(isRight ? 0 : 1);
  }

  /** Sums of values; a greatest value may be any that is not too far off. */
  private static List<Integer> calls(String program) {
    var body = program.indexOf("# ---- one micro-batch");
    return SUM.matcher(program)
        .results()
        .map(m -> m.start())
        .filter(start -> start > body && !line(program, start).contains("\"max\""))
        .toList();
  }

  private static String without(String program, int start) {
    int end = program.indexOf('(', start) + 1;
    return program.substring(0, start) + NOT_SUMMED + program.substring(end);
  }

  private static String line(String program, int at) {
    return program.substring(program.lastIndexOf('\n', at) + 1, program.indexOf('\n', at));
  }

  private static String place(String program, int at) {
    long number = program.substring(0, at).lines().count();
    return "line " + number + ": " + line(program, at).replaceAll("\\s+#.*", "").strip();
  }
}
