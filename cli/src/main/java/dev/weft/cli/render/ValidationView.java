package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cli.render.Columns.Align;
import dev.weft.cli.validate.ErrorStatistics;
import dev.weft.cli.validate.Grouped;
import dev.weft.cli.validate.Grouping;
import dev.weft.cli.validate.Layouts;
import dev.weft.cli.validate.LeftOut;
import dev.weft.cli.validate.MemoryVerdicts;
import dev.weft.cli.validate.SkipReason;
import dev.weft.cli.validate.SkipReason.Blame;
import dev.weft.cli.validate.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Predictions of published runs beside what was measured.
 *
 * @param grouping by what errors are listed
 * @param leftOut errors with constants that are fitted without a publication, where somebody asked
 * @param details what is listed besides
 */
public record ValidationView(
    Validation validation, Grouping grouping, Optional<List<LeftOut>> leftOut, Set<Detail> details)
    implements View {
  /** What is only listed on request. */
  public enum Detail {
    /** Every priced and every skipped row. */
    ROWS
  }

  /** What the loss of a plan's choice may be that still counts as right. */
  private static final double NEARLY_BEST = 0.03;

  public ValidationView {
    leftOut = leftOut.map(List::copyOf);
    details = Set.copyOf(details);
  }

  @Override
  public String text() {
    var parts = new ArrayList<String>();
    parts.add(
        Quantity.counted(validation.judged().size(), "run")
            + " priced, "
            + validation.skipped().size()
            + " skipped, "
            + validation.incomplete().size()
            + " incomplete\n");
    parts.add("error of the time of a step\n" + errors(true));
    if (all().memory().isPresent()) {
      parts.add("error of the peak of memory\n" + errors(false));
    }
    parts.add(verdicts());
    if (!sweeps().isEmpty()) {
      parts.add(ranking());
    }
    if (!validation.skipped().isEmpty()) {
      parts.add(skipped());
    }
    leftOut.ifPresent(each -> parts.add(ValidationRows.leftOut(each)));
    if (details.contains(Detail.ROWS)) {
      parts.add(ValidationRows.text(validation));
    }
    return String.join("\n", parts);
  }

  @Override
  public void json(ObjectNode document) {
    document.put("rows", validation.judged().size());
    document.put("skipped", validation.skipped().size());
    document.put("incomplete", validation.incomplete().size());
    all().time().ifPresent(time -> ValidationJson.errors(document.putObject("time"), time));
    all().memory().ifPresent(m -> ValidationJson.errors(document.putObject("memory"), m));
    ValidationJson.verdicts(document.putObject("oom"), MemoryVerdicts.of(validation.judged()));
    ValidationJson.ranking(document.putObject("ranking"), sweeps(), nearlyBest());
    ValidationJson.skipped(document.putObject("skipped_by_reason"), validation.skipped());
    var name = grouping.name().toLowerCase(Locale.ROOT);
    ValidationJson.groups(document.putObject("by_" + name), groups());
    if (grouping != Grouping.SOURCE) {
      var sources = Grouped.by(Grouping.SOURCE, validation.judged());
      ValidationJson.groups(document.putObject("by_source"), sources);
    }
    leftOut.ifPresent(each -> ValidationJson.leftOut(document.putObject("left_out"), each));
    if (details.contains(Detail.ROWS)) {
      ValidationJson.rows(document, validation);
    }
  }

  private Grouped all() {
    return Grouped.of("all", validation.judged());
  }

  private List<Grouped> groups() {
    return Grouped.by(grouping, validation.judged());
  }

  private List<Layouts> sweeps() {
    return Layouts.among(validation.judged());
  }

  private int nearlyBest() {
    return (int) sweeps().stream().filter(sweep -> sweep.loss() <= NEARLY_BEST).count();
  }

  private String errors(boolean ofTime) {
    var table = errorTable();
    Stream.concat(Stream.of(all()), groups().stream())
        .forEach(
            group ->
                (ofTime ? group.time() : group.memory())
                    .ifPresent(e -> table.row(errorCells(group.name(), e))));
    return table.text();
  }

  static Columns errorTable() {
    return new Columns(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT)
        .row("", "rows", "bias", "mean", "median", "p90", "worst");
  }

  static String[] errorCells(String name, ErrorStatistics errors) {
    return new String[] {
      name,
      Integer.toString(errors.rows()),
      signed(errors.bias()),
      percent(errors.mean()),
      percent(errors.median()),
      percent(errors.p90()),
      percent(errors.worst())
    };
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  static String signed(double part) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * part);
  }

  private String verdicts() {
    var verdicts = MemoryVerdicts.of(validation.judged());
    return "out of memory\n"
        + new Columns(Align.LEFT, Align.RIGHT, Align.RIGHT)
            .row("", "failed", "ran")
            .row("predicted to fail", "" + verdicts.tp(), "" + verdicts.fp())
            .row("predicted to fit", "" + verdicts.fn(), "" + verdicts.tn())
            .row("right", percent(verdicts.accuracy()))
            .text();
  }

  private String ranking() {
    var sweeps = sweeps();
    double tau = sweeps.stream().mapToDouble(Layouts::tau).average().orElse(0);
    return "choice among layouts\n"
        + new Columns(Align.LEFT, Align.LEFT)
            .row("sweeps", Integer.toString(sweeps.size()))
            .row(
                "choice within 3 % of the best",
                nearlyBest() + " (" + percent((double) nearlyBest() / sweeps.size()) + ")")
            .row("mean Kendall tau", String.format(Locale.ROOT, "%.3f", tau))
            .text();
  }

  private String skipped() {
    var table = new Columns(Align.LEFT, Align.RIGHT);
    for (var blame : Blame.values()) {
      for (var reason : SkipReason.values()) {
        long count = validation.skipped().stream().filter(s -> s.reason() == reason).count();
        if (reason.blame() == blame && count > 0) {
          table.row(title(blame) + reason.text(), Long.toString(count));
        }
      }
    }
    return "skipped\n" + table.text();
  }

  private static String title(Blame blame) {
    return switch (blame) {
      case COMPILER -> "not in the compiler: ";
      case ROW -> "not in the row: ";
      case RULES -> "not in the rules: ";
    };
  }
}
