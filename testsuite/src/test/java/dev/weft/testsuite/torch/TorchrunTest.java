package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle under PyTorch's own launcher, whose ranks are processes that share nothing: what the
 * other tests start by forking one process gives the same losses.
 */
class TorchrunTest {
  private static final int MINUTES = 8;

  @TempDir private static Path folder = Path.of("");

  @Test
  void torchrunGivesTheLossesOfForkedRanks() throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2,sp,zero=1");
    var launched = folder.resolve("torchrun.jsonl");
    var forked = folder.resolve("forked.jsonl");
    var ranks = Integer.toString(bundle.ranks());

    var torchrun = new ArrayList<>(List.of(python.executable(), "-m", "torch.distributed.run"));
    torchrun.addAll(List.of("--standalone", "--nproc-per-node", ranks));
    torchrun.addAll(List.of("train.py", "--steps", "3", "--log-file", launched.toString()));
    var output = folder.resolve("torchrun.out");
    var process =
        new ProcessBuilder(torchrun)
            .directory(bundle.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("see %s", output).isZero();

    var fork =
        bundle.command(
            "train.py", "--fork", ranks, "--steps", "3", "--log-file", forked.toString());
    assertThat(python.run(List.of(fork)).getFirst().code()).isZero();
    assertThat(LossLog.read(launched)).hasSize(3).isEqualTo(LossLog.read(forked));
  }
}
