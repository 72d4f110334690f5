package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import picocli.CommandLine.Option;

/** In which form a command answers. */
final class OutputOptions {
  static final String JSON = "--json";

  @Option(names = JSON, description = "Write one JSON document to standard output.")
  private boolean json;

  Report report(Terminal terminal) {
    return new Report(terminal, json ? Report.Form.JSON : Report.Form.TEXT);
  }

  boolean isJson() {
    return json;
  }
}
