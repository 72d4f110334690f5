package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.compile.StepWork;
import dev.weft.cli.render.InfoView;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Checked;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "info",
    description = "Show the size of a model: parameters, work, tensors.",
    footer = {
      "%nThe flops of a token are those of one training step, forward and backward, without the",
      "optimizer, divided by the tokens of the step (the entries of its largest integer input). A",
      "multiply-add counts 2."
    })
final class InfoCommand implements Callable<Integer> {
  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  InfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var view =
        model
            .source(terminal)
            .then(source -> Compilation.of(source, model.options(), PlanChoice.SERIAL))
            .then(InfoCommand::view);
    return output.report(terminal).finish(view);
  }

  private static Checked<InfoView> view(Compilation compilation) {
    var checked = compilation.model();
    return compilation
        .grads()
        .map(grads -> StepWork.of(grads.only(), checked.recipe().batch()))
        .map(work -> new InfoView(checked, work));
  }
}
