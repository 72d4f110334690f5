package dev.weft.testsuite.harness;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PassList;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.ir.type.DType;
import dev.weft.ir.verify.Verifier;
import dev.weft.passes.knobs.PlanFromKnobs;
import dev.weft.passes.optimizer.MicroBatching;
import java.util.List;
import java.util.Optional;

/**
 * A program, read, with the plan that a run gives it.
 *
 * @param whole over the whole batch
 * @param piece over one micro-batch
 */
record Subject(
    Module whole, Module piece, Plan plan, OptimizerSpec optimizer, MicroBatching micro) {
  private static final OptimizerSpec PLAIN = new OptimizerSpec.Sgd(0.1, 0);

  static Checked<Subject> of(Case one, Invocation run) {
    return one.isIr() ? fromIr(one.program(), run) : fromModel(one.program(), run);
  }

  PassList passes() {
    return new PassList(plan, optimizer, micro);
  }

  private static Checked<Subject> fromModel(Source source, Invocation run) {
    var options =
        new Options(run.one("preset"), java.util.Map.of(), Optional.of(DType.F64));
    for (var size : run.all("D")) {
      var parts = List.of(size.split("=", 2));
      options = options.with(parts.getFirst(), parts.getLast());
    }
    return Compilation.of(source, options, choice(run))
        .map(
            c ->
                new Subject(
                    c.model().module(),
                    c.piece().module(),
                    c.plan(),
                    c.model().recipe().optimizer(),
                    c.micro()));
  }

  private static PlanChoice choice(Invocation run) {
    return run.one("plan")
        .map(PlanChoice::knobs)
        .orElseGet(() -> PlanChoice.made(PlanArguments.plan(run)));
  }

  private static Checked<Subject> fromIr(Source source, Invocation run) {
    return Parser.parse(source)
        .then(module -> new Checked<>(Optional.of(module), Verifier.verify(module)))
        .then(module -> plan(module, run).then(plan -> of(module, plan)));
  }

  private static Checked<Subject> of(Module module, Plan plan) {
    var function = module.functions().getFirst();
    return MicroBatching.of(function, Recipe.BATCH_AXIS, plan.microBatches())
        .map(micro -> new Subject(module, module, plan, PLAIN, micro));
  }

  private static Checked<Plan> plan(Module module, Invocation run) {
    var knobs = run.one("plan");
    if (knobs.isEmpty()) {
      return Checked.ok(PlanArguments.plan(run));
    }
    var text = new Source("--plan", knobs.get());
    var function = module.functions().getFirst();
    return KnobsParser.parse(text)
        .then(k -> PlanFromKnobs.make(k, function, Recipe.BATCH_AXIS, text.whole()));
  }
}
