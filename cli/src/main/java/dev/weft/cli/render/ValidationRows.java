package dev.weft.cli.render;

import dev.weft.cli.render.Columns.Align;
import dev.weft.cli.validate.ErrorStatistics;
import dev.weft.cli.validate.Judged;
import dev.weft.cli.validate.LeftOut;
import dev.weft.cli.validate.Skipped;
import dev.weft.cli.validate.Validation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The long lists of a validation, as text. */
final class ValidationRows {
  private static final double GIBI = 1L << 30;

  private ValidationRows() {}

  /** Every row, priced or not. */
  static String text(Validation validation) {
    var skipped = new Columns(Align.LEFT, Align.LEFT, Align.LEFT);
    validation.skipped().forEach(row -> skipped.row(cells(row)));
    var assumed =
        validation.assumed().isEmpty()
            ? ""
            : "\nincomplete rows, under assumptions and in no error\n" + runs(validation.assumed());
    return "rows\n" + runs(validation.judged()) + assumed + "\nskipped rows\n" + skipped.text();
  }

  private static String runs(List<Judged> runs) {
    var priced =
        new Columns(
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT,
                Align.LEFT)
            .row("row", "seconds", "predicted", "error", "GiB", "predicted", "fits", "plan");
    runs.forEach(run -> priced.row(cells(run)));
    return priced.text();
  }

  /** Errors with constants that do not know the publication. */
  static String leftOut(List<LeftOut> each) {
    var table = ValidationView.errorTable();
    LeftOut.all(each).ifPresent(errors -> table.row(ValidationView.errorCells("all", errors)));
    for (var one : each) {
      ErrorStatistics.of(one.refitted())
          .ifPresent(errors -> table.row(ValidationView.errorCells(one.publication(), errors)));
    }
    return "error of the time of a step, constants of software fitted without the publication\n"
        + table.text()
        + "median of the medians: "
        + ValidationView.percent(LeftOut.medianOfMedians(each))
        + "\n";
  }

  private static String[] cells(Judged run) {
    var published = run.row().run();
    var measured = published.outcome();
    return new String[] {
      published.name(),
      seconds(measured.seconds()),
      seconds(OptionalDouble.of(run.predicted().seconds())),
      run.timeError().stream().mapToObj(ValidationView::signed).findFirst().orElse(""),
      gibi(measured.peakBytes()),
      gibi(OptionalDouble.of(run.predictedBytes())),
      verdict(run),
      run.row().setting().knobs()
    };
  }

  private static String[] cells(Skipped row) {
    return new String[] {row.run().name(), row.reason().text(), row.detail()};
  }

  private static String verdict(Judged run) {
    var predicted = run.predicted().fits() ? "yes" : "no";
    return run.isOutOfMemory() == run.predicted().fits() ? predicted + ", wrongly" : predicted;
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? String.format(Locale.ROOT, "%.4g", seconds.getAsDouble()) : "";
  }

  private static String gibi(OptionalDouble bytes) {
    return bytes.isPresent() ? String.format(Locale.ROOT, "%.1f", bytes.getAsDouble() / GIBI) : "";
  }
}
