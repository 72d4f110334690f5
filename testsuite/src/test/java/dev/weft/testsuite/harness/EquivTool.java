package dev.weft.testsuite.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code equiv}: a model trained under {@code --plan} on the grid equals the serial run on the
 * oracle, over two steps in float64; IR text after {@code --passes} computes what it did before.
 */
final class EquivTool implements Tool {
  @Override
  public Ended run(Case of, Run run, Path directory) {
    return of.isIr() ? PassEquivalence.check(of, run) : train(of, run, directory);
  }

  private static Ended train(Case of, Run run, Path directory) {
    var arguments = new ArrayList<>(List.of("run", of.file(), "--check", "--precision=f64"));
    arguments.addAll(List.of("--steps=2", "--json"));
    arguments.addAll(run.arguments());
    var ran = WeftCommand.run(directory, "", arguments);
    if (ran.crashed()) {
      return Ended.failed(run + " crashed\n" + ran.out());
    }
    var findings = ran.findings(of, run);
    if (findings.stream().anyMatch(Finding::isError)) {
      return Ended.silent(findings);
    }
    var check = ran.json().path("check");
    return check.path("passed").asBoolean()
        ? Ended.silent(findings)
        : Ended.failed(run + ": differs from the serial run\n" + check.toPrettyString());
  }
}
