package dev.weft.cli.command;

import dev.weft.cli.render.PlanView;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Checked;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = "Write the plan that degrees mean for a model, with its reasons.",
    footer = "%nThe JSON can be edited and given to every --plan.")
final class PlanCommand implements Callable<Integer> {
  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan here instead of to standard output.")
  private Optional<String> file = Optional.empty();

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var view =
        model
            .compilation(terminal, plan.choice(terminal), model.options())
            .then(compilation -> compilation.step().map(_ -> PlanJson.write(compilation.plan())))
            .then(this::store);
    return output.report(terminal).finish(view);
  }

  private Checked<PlanView> store(String json) {
    return file.map(
            f -> TextFile.write(terminal.resolve(f), json).map(_ -> new PlanView(json, file)))
        .orElse(Checked.ok(new PlanView(json, file)));
  }
}
