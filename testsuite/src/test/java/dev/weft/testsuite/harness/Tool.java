package dev.weft.testsuite.harness;

import java.nio.file.Path;

/** Something that a RUN line can name. */
interface Tool {
  /**
   * Runs it.
   *
   * @param directory a folder of this run's own, which holds the program and the input blocks
   */
  Ended run(Case of, Run run, Path directory);

  /** What it would print if its last step changed nothing: the meaning of {@code //| same}. */
  default Ended unchanged(Case of, Run run, Path directory) {
    throw new IllegalArgumentException(run + ": `same` says nothing about this tool");
  }
}
