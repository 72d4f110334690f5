package dev.weft.testsuite.harness;

import java.nio.file.Path;
import java.util.List;

/** {@code fmt}: the program in canonical layout. */
final class FmtTool implements Tool {
  @Override
  public Ended run(Case of, Run run, Path directory) {
    return PrintingCommand.run(of, run, directory, of.program(), List.of("fmt", "-"));
  }

  @Override
  public Ended unchanged(Case of, Run run, Path directory) {
    return Ended.printed(of.program().strip() + "\n", List.of());
  }
}
