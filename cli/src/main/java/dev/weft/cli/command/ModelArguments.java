package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
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

  /** The model by a plan that is given beside it. */
  Checked<Compilation> compilation(Terminal terminal, Checked<PlanChoice> plan, Options options) {
    return plan.then(
        choice -> source(terminal).then(source -> Compilation.of(source, options, choice)));
  }
}
