package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.cli.render.ValidationView;
import dev.weft.cli.render.ValidationView.Detail;
import dev.weft.cli.validate.Grouping;
import dev.weft.cli.validate.LeftOut;
import dev.weft.cli.validate.SettingPricer;
import dev.weft.cli.validate.Validation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = "Compare what is predicted of published training runs with what was measured.",
    footer = {
      "%nEach row of the table becomes a model, a plan, a cluster and a software stack; those are",
      "priced as any plan is. docs/published-runs.md documents the columns and the rules. An error",
      "is predicted / measured - 1; a positive bias means that too much is predicted."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUNS.csv",
      description = "A table of runs; - reads it from standard input.")
  private String file = "";

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      converter = GroupingName.class,
      description = "List errors by source, device, software or feature. Default: source.")
  private Grouping grouping = Grouping.SOURCE;

  @Option(
      names = "--cross",
      description = {
        "List the errors of each publication with constants of software that are fitted",
        "without it. Takes some minutes."
      })
  private boolean isCrossed;

  @Option(names = "--rows", description = "List every row, priced or skipped.")
  private boolean hasRows;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int threads = Runtime.getRuntime().availableProcessors();
    var pricer = new SettingPricer();
    if (terminal.is(Terminal.Trait.ERR_IS_SCREEN)) {
      terminal.err().println("pricing the runs: three thousand take about a minute");
    }
    var view =
        TextFile.read(terminal, file)
            .then(table -> Validation.of(table, pricer, threads))
            .map(v -> new ValidationView(v, grouping, leftOut(v, pricer), details()));
    return output.report(terminal).finish(view);
  }

  private Optional<List<LeftOut>> leftOut(Validation validation, SettingPricer pricer) {
    if (!isCrossed) {
      return Optional.empty();
    }
    if (terminal.is(Terminal.Trait.ERR_IS_SCREEN)) {
      terminal.err().println("fitting constants without each publication, some minutes");
    }
    return Optional.of(LeftOut.each(validation.timed(pricer)));
  }

  private Set<Detail> details() {
    return hasRows ? Set.of(Detail.ROWS) : Set.of();
  }
}
