package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PassList;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.render.IrView;
import dev.weft.cli.render.OffloadView;
import dev.weft.cli.render.ScheduleView;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.text.Parser;
import dev.weft.ir.verify.Verifier;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.schedule.StageDurations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "opt",
    description = "Run passes of the compiler and print the IR, for developers of Weft.",
    footer = {
      "%nPasses: scale-loss, simplify, stage, autodiff, expand, shard, lower, remat, offload,",
      "training-step, prefetch. In the usual order a model becomes the training step of one device",
      "by",
      "  --passes=simplify,autodiff,expand,simplify,shard,lower,simplify,remat,training-step,prefetch",
      "",
      "FILE may also be IR text (.ir), as this command prints it; then a plan is a file, and the",
      "optimizer is sgd(lr: 0.1)."
    })
final class OptCommand implements Callable<Integer> {
  private static final String IR = ".ir";
  private static final String ALL = "all";

  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();

  @Option(
      names = "--passes",
      split = ",",
      paramLabel = "PASS",
      description = "The passes, in order. Default: none, which prints the model.")
  private List<String> passes = new ArrayList<>();

  @Option(
      names = "--print-after",
      split = ",",
      paramLabel = "PASS",
      description =
          "Print the module after these passes, or after all, instead of at the end only.")
  private List<String> printAfter = new ArrayList<>();

  @Option(
      names = "--print",
      paramLabel = "WHAT",
      converter = OptOutput.Name.class,
      description =
          "ir (default): the IR. schedule: the order of work along the plan's pipeline, as text."
              + " schedule.svg: the same as a picture. offload: what a device's program fetches"
              + " of its weights, and the bytes with and without the cache. These three need no"
              + " passes.")
  private OptOutput print = OptOutput.IR;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  OptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A module and the passes that there are for it. */
  private record Input(Module module, PassList list) {}

  @Override
  public Integer call() {
    var problems = PassProblems.ofNames(passes, printAfter, plan.state());
    var report = output.report(terminal);
    if (!problems.isEmpty()) {
      return report.fail(problems);
    }
    return switch (print) {
      case IR -> report.finish(input().then(this::run));
      case SCHEDULE -> report.finish(schedule(ScheduleView.Form.TEXT));
      case SCHEDULE_SVG -> report.finish(schedule(ScheduleView.Form.SVG));
      case OFFLOAD -> report.finish(offload());
    };
  }

  private Checked<ScheduleView> schedule(ScheduleView.Form form) {
    var choice = plan.choice(terminal);
    if (isIr()) {
      return choice
          .then(OptCommand::planned)
          .then(Schedules::of)
          .then(OptCommand::found)
          .map(schedule -> new ScheduleView(schedule, Optional.empty(), form));
    }
    return compilation(choice)
        .then(
            c ->
                c.schedule()
                    .then(OptCommand::found)
                    .then(
                        schedule ->
                            c.step()
                                .map(StageDurations::counted)
                                .map(
                                    counted ->
                                        new ScheduleView(schedule, Optional.of(counted), form))));
  }

  private static Checked<Schedule> found(Optional<Schedule> schedule) {
    return schedule.map(Checked::ok).orElseGet(OptCommand::withoutPipeline);
  }

  /** Only a model has both: the step with a cache and the step without. */
  private Checked<OffloadView> offload() {
    if (isIr()) {
      var message = "`--print=offload` needs a model (.weft), not " + model.file();
      return Checked.failed(Diagnostic.of(CommandCode.USAGE, Span.NONE, message));
    }
    return compilation(plan.choice(terminal))
        .then(
            c ->
                c.step()
                    .then(
                        step ->
                            c.uncached().map(other -> new OffloadView(step, other.orElse(step)))));
  }

  private static Checked<Schedule> withoutPipeline() {
    var message = "a schedule orders the work along a pipeline, and the plan has none";
    return Checked.failed(Diagnostic.of(CommandCode.NO_PIPELINE, Span.NONE, message));
  }

  private Checked<Input> input() {
    var choice = plan.choice(terminal);
    return isIr()
        ? choice.then(c -> model.source(terminal).then(source -> fromIr(source, c)))
        : compilation(choice).then(c -> c.schedule().map(schedule -> input(c, schedule)));
  }

  private boolean isIr() {
    return model.file().endsWith(IR);
  }

  private Checked<Compilation> compilation(Checked<PlanChoice> choice) {
    return model.compilation(terminal, choice, model.options());
  }

  private static Input input(Compilation c, Optional<Schedule> schedule) {
    var optimizer = c.model().recipe().optimizer();
    var outputs = c.forward().only().outputs();
    return new Input(
        c.piece().module(), new PassList(c.plan(), optimizer, c.micro(), outputs, schedule));
  }

  private static Checked<Input> fromIr(Source source, PlanChoice choice) {
    return Parser.parse(source)
        .then(module -> new Checked<>(Optional.of(module), Verifier.verify(module)))
        .then(module -> planned(choice).then(plan -> listed(module, plan)));
  }

  private static Checked<Plan> planned(PlanChoice choice) {
    return switch (choice.origin()) {
      case PlanChoice.Unsaid() -> Checked.ok(Plan.SERIAL);
      case PlanChoice.Made(var plan) -> Checked.ok(plan);
      case PlanChoice.JsonText(var text) -> PlanJson.read(text);
      case PlanChoice.KnobText(var text, var _) -> Checked.failed(PassProblems.knobsForIr(text));
    };
  }

  private static Checked<Input> listed(Module module, Plan plan) {
    var micro =
        MicroBatching.of(module.functions().getFirst(), Recipe.BATCH_AXIS, plan.microBatches());
    var outputs = module.functions().getFirst().outputs();
    var optimizer = new OptimizerSpec.Sgd(0.1, 0);
    return micro.then(
        m ->
            Schedules.of(plan)
                .map(s -> new Input(module, new PassList(plan, optimizer, m, outputs, s))));
  }

  private Checked<IrView> run(Input input) {
    var problems = PassProblems.ofModule(input.module(), passes);
    var chosen = passes.stream().flatMap(name -> input.list().find(name).stream()).toList();
    if (problems.isEmpty()) {
      problems = PassProblems.ofOrder(chosen, input.module());
    }
    if (!problems.isEmpty()) {
      return Checked.failed(problems);
    }
    var stages = new ArrayList<IrView.Stage>();
    return new Pipeline(chosen, input.module().properties())
        .run(input.module(), (pass, module) -> keep(pass.info().name(), module, stages))
        .map(last -> new IrView(stages, last));
  }

  private void keep(String pass, Module module, List<IrView.Stage> stages) {
    if (printAfter.contains(ALL) || printAfter.contains(pass)) {
      stages.add(new IrView.Stage(pass, module));
    }
  }
}
