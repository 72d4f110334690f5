package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.pricing.ClusterChoice;
import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.cli.pricing.Pricing;
import dev.weft.cli.render.SimulationView;
import dev.weft.cli.render.Terminal;
import dev.weft.cli.render.TraceJson;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.StepTrace;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = "Predict what a training step takes on a cluster: time, memory, and what binds.",
    footer = {
      "%nNothing runs: the step is simulated, event by event, from what the cluster's devices and"
          + " links",
      "reach. A trace opens in Perfetto (ui.perfetto.dev)."
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();
  @Mixin private ClusterArguments cluster = new ClusterArguments();

  @Option(
      names = "--devices",
      paramLabel = "N",
      converter = Count.class,
      description = "The number of devices that the plan must have.")
  private Optional<Integer> devices = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write the events of a step here, as Chrome trace-event JSON.")
  private Optional<String> trace = Optional.empty();

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var view =
        cluster
            .choice(terminal)
            .then(choice -> model.source(terminal).then(source -> simulate(source, choice)));
    return output.report(terminal).finish(view);
  }

  private Checked<SimulationView> simulate(Source source, ClusterChoice on) {
    return choice(source, on)
        .then(choice -> Compilation.of(source, model.options(), choice))
        .then(
            compilation ->
                new Pricing()
                    .trace(loads(source, compilation), compilation.plan(), on)
                    .then(this::stored)
                    .map(step -> new SimulationView(compilation, on, step.price())));
  }

  private Checked<PlanChoice> choice(Source source, ClusterChoice on) {
    var count = devices.map(OptionalInt::of).orElse(OptionalInt.empty());
    if (!plan.isAutomatic()) {
      return plan.choice(terminal, count);
    }
    int wanted = count.orElse(on.cluster().nodes().getFirst().devices());
    var target = new Target(on.cluster(), wanted, on.software(), Target.USUAL_USABLE);
    return SearchArguments.best(terminal, source, model.options(), target)
        .map(found -> PlanChoice.made(found.plan()));
  }

  private ModelWorkloads loads(Source source, Compilation compilation) {
    return ModelWorkloads.of(source, model.options(), compilation.model());
  }

  private Checked<StepTrace> stored(StepTrace step) {
    return trace
        .map(
            file ->
                TextFile.write(terminal.resolve(file), out -> TraceJson.write(step, out))
                    .map(_ -> step))
        .orElse(Checked.ok(step));
  }
}
