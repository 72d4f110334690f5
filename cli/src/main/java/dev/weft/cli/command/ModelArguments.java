package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A model and its sizes. */
final class ModelArguments {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A model (.weft); - reads it from standard input.")
  private String file = "";

  @Mixin private SizeOptions sizes = new SizeOptions();

  String file() {
    return file;
  }

  Checked<Source> source(Terminal terminal) {
    return TextFile.read(terminal, file);
  }

  Options options() {
    return sizes.options();
  }
}
