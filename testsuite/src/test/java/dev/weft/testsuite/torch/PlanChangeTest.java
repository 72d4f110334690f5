package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that was written under one plan goes on under another, on as many devices. */
class PlanChangeTest {
  private static final double TOLERANCE = 1e-10;

  /** AdamW, so that there is state to go along. */
  private static final String OPTIMIZER = "adamw(lr: 3e-3, weight_decay: 0.1)";

  private static final List<String> PLANS =
      List.of(
          "dp=4,zero=1",
          "pp=2,tp=2,micro=2",
          "pp=2,dp=2,tp=2,zero=1,micro=2,schedule=zb-h1",
          "tp=2,sp");

  private static final int STEPS_OF_EACH = 3;

  @TempDir private static Path folder = Path.of("");

  @Test
  void lossesAreThoseOfTheUninterruptedRun() throws IOException, InterruptedException {
    var python = Python.find();
    int steps = STEPS_OF_EACH * PLANS.size();
    var whole = folder.resolve("whole.jsonl");
    var broken = folder.resolve("broken.jsonl");
    var commands = new ArrayList<Python.Command>();
    for (var plan : PLANS) {
      var bundle = Emitted.into(folder, "gpt2", plan, OPTIMIZER);
      if (commands.isEmpty()) {
        commands.add(train(bundle, steps, whole, List.of()));
      }
      var resume = commands.size() == 1 ? List.<String>of() : List.of("--resume");
      commands.add(train(bundle, STEPS_OF_EACH * commands.size(), broken, resume));
    }
    var ended = python.run(commands);
    assertThat(ended).allSatisfy(e -> assertThat(e.code()).as(e.output()).isZero());
    var expected = LossLog.read(whole);
    var found = LossLog.read(broken);
    assertThat(found).hasSize(steps).hasSameSizeAs(expected);
    expected.forEach(
        (step, loss) ->
            assertThat(Objects.requireNonNull(found.get(step)) / loss)
                .isCloseTo(1, offset(TOLERANCE)));
  }

  private static Python.Command train(Emitted bundle, int steps, Path log, List<String> more) {
    var words =
        new ArrayList<>(
            List.of(
                "train.py",
                "--fork",
                Integer.toString(bundle.ranks()),
                "--steps",
                Integer.toString(steps),
                "--checkpoint",
                log + ".checkpoints",
                "--log-file",
                log.toString()));
    words.addAll(more);
    return new Python.Command(bundle.directory(), words);
  }
}
