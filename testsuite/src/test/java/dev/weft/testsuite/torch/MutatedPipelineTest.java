package dev.weft.testsuite.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is wrong in one place does not pass its parity test. */
class MutatedPipelineTest {
  private static final String MODEL = "model.py";
  private static final String PIPELINE = "pipeline.py";

  private static final List<Variant> VARIANTS =
      List.of(
          Variant.right("nothing changed"),
          Variant.wrong(
              "the tied embedding is not summed over its places",
              new Edit(MODEL, "pipe.sum_among(places, name)", "pass")),
          Variant.wrong(
              "the tied embedding is summed over replicas instead",
              new Edit(PIPELINE, "(model.PIPELINE,), sorted({places", "(\"dp\",), sorted({places")),
          Variant.wrong(
              "the first place sends its first two micro-batches in the other order",
              new Edit(
                  PIPELINE,
                  "self.row = parse(model.SCHEDULE[self.place])",
                  "self.row = parse(model.SCHEDULE[self.place].replace(\"0F0 0F1\", \"0F1 0F0\"))")),
          Variant.wrong(
              "gradients are not summed over replicas",
              new Edit(MODEL, "grad = all_reduce(g.flat, DP)", "grad = g.flat")),
          Variant.wrong(
              "a stage has its layers one row too early",
              new Edit(MODEL, "\"blocks.*[4:8]\"", "\"blocks.*[3:7]\"")),
          Variant.wrong(
              "every micro-batch is the first one",
              new Edit(MODEL, "data = [pieces[name][m]", "data = [pieces[name][0]")));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyMistakeIsFound() throws IOException, InterruptedException {
    var bundle = Emitted.into(folder, "gpt2", "pp=2,dp=2,micro=2,schedule=gpipe");
    return Claim.tests(Variant.claims(bundle, 1, VARIANTS));
  }
}
