package dev.weft.cli.command;

import dev.weft.cli.pricing.Planner;
import dev.weft.cli.render.PlanView;
import dev.weft.cli.render.SearchView;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.passes.search.Target;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = "Find the best plan for a cluster, or write the plan that degrees mean.",
    footer = {
      "%nWith --cluster every legal combination of degrees is considered, and the ten with the"
          + " shortest",
      "simulated steps that fit the memory are shown. With --plan DEGREES the plan that they mean"
          + " is",
      "written, with its reasons. The JSON can be edited and given to every --plan."
    })
final class PlanCommand implements Callable<Integer> {
  private static final String SEQUENCE = "seq";

  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();
  @Mixin private SearchArguments search = new SearchArguments();

  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Count.class,
      description = "Examples of a step, as -D batch=N.")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--seq",
      paramLabel = "N",
      converter = Count.class,
      description = "Length of a sequence, as -D seq=N.")
  private Optional<Integer> sequence = Optional.empty();

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
    return output.report(terminal).finish(search.isAutomatic(plan) ? searched() : meant());
  }

  private Options options() {
    var options = model.options();
    if (batch.isPresent()) {
      options = options.with(Recipe.BATCH_AXIS, batch.get().toString());
    }
    return sequence.isPresent() ? options.with(SEQUENCE, sequence.get().toString()) : options;
  }

  private Checked<PlanView> meant() {
    return search
        .compilation(terminal, model, plan, devices.count(), options())
        .then(compilation -> compilation.step().map(_ -> PlanJson.write(compilation.plan())))
        .then(json -> stored(json).map(_ -> new PlanView(json, file)));
  }

  private Checked<SearchView> searched() {
    return search
        .target(terminal, devices.count())
        .then(target -> model.source(terminal).then(source -> searched(source, target)));
  }

  private Checked<SearchView> searched(Source source, Target target) {
    long start = System.nanoTime();
    return Planner.plan(source, options(), target)
        .then(
            outcome -> {
              double seconds = (System.nanoTime() - start) / 1e9;
              var json = PlanJson.write(outcome.best().getFirst().plan());
              return stored(json).map(_ -> new SearchView(outcome, target, json, seconds, file));
            });
  }

  private Checked<Boolean> stored(String json) {
    return file.map(f -> TextFile.write(terminal.resolve(f), json).map(_ -> true))
        .orElse(Checked.ok(false));
  }
}
