package dev.weft.testsuite.harness;

import java.nio.file.Path;

/** {@code opt}: the program after some passes. */
final class OptTool implements Tool {
  private static final String PASSES = "--passes";

  @Override
  public Ended run(Case of, Run run, Path directory) {
    return new PrintingCommand().run(of, run, directory);
  }

  /** The program without the last of the passes. */
  @Override
  public Ended unchanged(Case of, Run run, Path directory) {
    var passes = run.option(PASSES).orElse("");
    int last = passes.lastIndexOf(',');
    var fewer = run.without(PASSES);
    return run(
        of, last < 0 ? fewer : fewer.with(PASSES + "=" + passes.substring(0, last)), directory);
  }
}
