package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.pricing.Planner;
import dev.weft.cli.pricing.PlanningCode;
import dev.weft.cli.render.FoundPlan;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.search.PricedPlan;
import dev.weft.passes.search.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a plan is to run that Weft searches for. */
final class SearchArguments {
  private static final String USUAL_CLUSTER = "dgx-a100-80";
  private static final String USUAL_SOFTWARE = "weft";

  @Option(
      names = "--cluster",
      paramLabel = "CLUSTER",
      description =
          "Search for a plan for this cluster: a name such as dgx-a100-80, or a file (.json).")
  private Optional<String> cluster = Optional.empty();

  @Option(
      names = "--software",
      paramLabel = "SOFTWARE",
      description =
          "What runs there: a stack by name or its file (.json). Default: weft, the program that"
              + " Weft emits.")
  private Optional<String> software = Optional.empty();

  @Option(
      names = "--usable",
      paramLabel = "PART",
      converter = Part.class,
      description =
          "The part of a device's memory that a plan may fill, up to 1. Default: 0.94, since"
              + " predictions have errors.")
  private Optional<Double> usable = Optional.empty();

  /** Whether a plan is to be searched for: it is asked for, or a cluster is named and no plan. */
  boolean isAutomatic(PlanArguments plan) {
    return plan.isAutomatic() || cluster.isPresent() && plan.isUnsaid();
  }

  /** The model by the plan that is said, or else by the best one. */
  Checked<Compilation> compilation(
      Terminal terminal,
      ModelArguments model,
      PlanArguments plan,
      OptionalInt devices,
      Options options) {
    if (isAutomatic(plan)) {
      return model
          .source(terminal)
          .then(
              source ->
                  target(terminal, devices)
                      .then(target -> best(terminal, source, options, target))
                      .map(found -> PlanChoice.made(found.plan()))
                      .then(choice -> Compilation.of(source, options, choice)));
    }
    var unused = cluster.isPresent() ? List.of(unused()) : List.<Diagnostic>of();
    var choice = plan.choice(terminal, devices);
    return model.compilation(terminal, Checked.of(true, unused).then(_ -> choice), options);
  }

  private static Diagnostic unused() {
    return Diagnostic.of(
        PlanningCode.CLUSTER_UNUSED,
        Span.NONE,
        "the plan is given, so that --cluster changes nothing");
  }

  /** The best plan, which is named before it is used. */
  static Checked<PricedPlan> best(
      Terminal terminal, Source source, Options options, Target target) {
    var best = Planner.plan(source, options, target).map(outcome -> outcome.best().getFirst());
    best.value().ifPresent(found -> terminal.err().println(new FoundPlan(found).line(target)));
    return best;
  }

  /**
   * The devices.
   *
   * @param devices how many; those of one node where nobody says
   */
  Checked<Target> target(Terminal terminal, OptionalInt devices) {
    return ClusterArguments.read(
            terminal, Cluster.class, "--cluster", cluster.orElse(USUAL_CLUSTER))
        .then(
            machines ->
                ClusterArguments.read(
                        terminal, SoftwareSpec.class, "--software", software.orElse(USUAL_SOFTWARE))
                    .map(
                        stack ->
                            new Target(
                                machines,
                                devices.orElse(machines.nodes().getFirst().devices()),
                                stack,
                                usable.orElse(Target.USUAL_USABLE))));
  }

  /** Reads a number greater than 0 and at most 1. */
  static final class Part implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double part = Double.parseDouble(text);
        if (part > 0 && part <= 1) {
          return part;
        }
      } catch (NumberFormatException e) {
        // Said below, for every text that is no part.
      }
      throw new TypeConversionException(
          "expected a number above 0 and at most 1, not `" + text + "`");
    }
  }
}
