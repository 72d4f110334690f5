package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training run that is killed and resumed goes on as if nothing had happened, bit for bit, and
 * with the same masks of dropout.
 */
class ResumeTest {
  private static final int STEPS = 15;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path folder = Path.of("");

  @Test
  void aKilledRunGoesOnBitEqual() throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2,zero=1,micro=2", Map.of("dropout", "0.1"));
    var text = folder.resolve("text.txt");
    Files.writeString(text, "It was the best of times, it was the worst of times. ".repeat(400));
    var whole = folder.resolve("whole.jsonl");
    var broken = folder.resolve("broken.jsonl");
    var killed = start(python, train(bundle, text, broken));
    awaitLines(broken, 5, killed);
    killed.descendants().forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor();
    assertThat(Files.readAllLines(broken)).hasSizeLessThan(STEPS);

    var resumed = train(bundle, text, broken).words();
    var ended =
        python.run(
            List.of(
                new Python.Command(bundle.directory(), plus(resumed, "--resume")),
                train(bundle, text, whole),
                bundle.command("train.py", "--dry-run")));
    assertThat(ended).allSatisfy(e -> assertThat(e.code()).as(e.output()).isZero());
    assertThat(LossLog.read(broken)).hasSize(STEPS).isEqualTo(LossLog.read(whole));
    assertThat(LossLog.read(whole).get(STEPS)).isLessThan(LossLog.read(whole).get(1));
    assertThat(ended.get(2).output())
        .containsPattern("weights +[\\d,]+")
        .containsPattern("peak of one step, all tensors +[\\d,]+");
  }

  private static Python.Command train(Emitted bundle, Path text, Path log) {
    return bundle.command(
        "train.py",
        "--fork",
        Integer.toString(bundle.ranks()),
        "--data",
        text.toString(),
        "--steps",
        Integer.toString(STEPS),
        "--save-every",
        "3",
        "--checkpoint",
        log + ".checkpoints",
        "--log-file",
        log.toString());
  }

  private static List<String> plus(List<String> words, String more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }

  private static Process start(Python python, Python.Command command) throws IOException {
    var words = Stream.concat(Stream.of(python.executable()), command.words().stream()).toList();
    return new ProcessBuilder(words)
        .directory(command.directory().toFile())
        .redirectErrorStream(true)
        .redirectOutput(command.directory().resolveSibling("killed.out").toFile())
        .start();
  }

  private static void awaitLines(Path log, int lines, Process process)
      throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (!Files.exists(log) || Files.readAllLines(log).size() < lines) {
      assertThat(process.isAlive()).as("the run ended before it could be killed").isTrue();
      assertThat(Instant.now()).isBefore(end);
      process.onExit().completeOnTimeout(process, 20, TimeUnit.MILLISECONDS).join();
    }
  }
}
