package dev.weft.testsuite.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that is wrong in one place does not pass its parity test. */
class MutatedBundleTest {
  private static final String MODEL = "model.py";
  private static final Pattern SUM = Pattern.compile("all_reduce\\(");
  private static final String NOT_SUMMED = "(lambda x, *_: x)(";

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyMissingSumIsFound() throws IOException, InterruptedException {
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2", Map.of("layers", "2"));
    var program = Files.readString(bundle.directory().resolve(MODEL));
    var variants = new ArrayList<Variant>();
    variants.add(Variant.right("nothing changed"));
    variants.add(
        Variant.wrong("a gradient of the wrong sign", new Edit(MODEL, "d_x + d_x2", "d_x - d_x2")));
    for (int start : calls(program)) {
      var edit = new Edit(MODEL, program, without(program, start));
      variants.add(Variant.wrong(place(program, start), edit));
    }
    return Claim.tests(Variant.claims(bundle, 1, variants));
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
