package dev.weft.cli.validate;

import dev.weft.cli.fit.TimedRun;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Published runs with what is predicted of them.
 *
 * @param judged the runs that were priced, in the order of the table
 * @param skipped the other complete runs, in the same order
 * @param incomplete those that the table itself calls incomplete; they are neither judged nor
 *     skipped
 * @param assumed those of the incomplete that were priced under an assumption, which their remarks
 *     name; no error counts them
 */
public record Validation(
    List<Judged> judged,
    List<Skipped> skipped,
    List<PublishedRun> incomplete,
    List<Judged> assumed) {
  public Validation {
    judged = List.copyOf(judged);
    skipped = List.copyOf(skipped);
    incomplete = List.copyOf(incomplete);
    assumed = List.copyOf(assumed);
  }

  /**
   * Reads a table and prices its runs.
   *
   * @param threads how many runs are priced at once; the result does not depend on it
   */
  public static Checked<Validation> of(Source table, RowPricer pricer, int threads) {
    return CsvTable.read(table)
        .then(read -> RunColumns.check(table, read))
        .map(read -> of(read.rows().stream().map(PublishedRun::of).toList(), pricer, threads));
  }

  /**
   * The runs that took a known time, each ready to be priced under other constants. Those with
   * experts are left out: constants of software come from dense models, and the others test them.
   */
  public List<TimedRun> timed(SettingPricer pricer) {
    return judged.stream()
        .filter(run -> run.timeError().isPresent() && !run.hasExperts())
        .map(run -> timed(run, pricer))
        .toList();
  }

  static TimedRun timed(Judged run, SettingPricer pricer) {
    var published = run.row().run();
    return new TimedRun(
        Publication.of(published.source()),
        pricer.step(run.row().setting()).orThrow(),
        published.outcome().seconds().orElseThrow());
  }

  private static Validation of(List<PublishedRun> runs, RowPricer pricer, int threads) {
    var rows = runs.stream().filter(PublishedRun::isComplete).map(RowRules::of).toList();
    var incomplete = runs.stream().filter(run -> !run.isComplete()).toList();
    var assumptions = incomplete.stream().map(RowRules::assuming).toList();
    var all = Stream.concat(rows.stream(), assumptions.stream()).toList();
    var prices = prices(all, pricer, threads);
    var judged = new ArrayList<Judged>();
    var skipped = new ArrayList<Skipped>();
    for (var row : rows) {
      switch (row) {
        case Skipped s -> skipped.add(s);
        case RowCase c -> {
          var price = prices.get(c.setting());
          if (price == null) {
            throw new IllegalStateException("a setting was not priced");
          }
          price
              .value()
              .filter(_ -> !price.hasErrors())
              .ifPresentOrElse(
                  predicted -> judged.add(new Judged(c, predicted)),
                  () -> skipped.add(refused(c, price.diagnostics())));
        }
      }
    }
    return new Validation(judged, skipped, incomplete, priced(assumptions, prices));
  }

  private static List<Judged> priced(
      List<Row> assumptions, Map<RowCase.Setting, Checked<Predicted>> prices) {
    return assumptions.stream()
        .filter(RowCase.class::isInstance)
        .map(RowCase.class::cast)
        .flatMap(
            c ->
                Optional.ofNullable(prices.get(c.setting()))
                    .filter(price -> !price.hasErrors())
                    .flatMap(Checked::value)
                    .map(predicted -> new Judged(c, predicted))
                    .stream())
        .toList();
  }

  /** Each distinct setting is priced once. */
  private static Map<RowCase.Setting, Checked<Predicted>> prices(
      List<Row> rows, RowPricer pricer, int threads) {
    var settings =
        rows.stream()
            .filter(RowCase.class::isInstance)
            .map(row -> ((RowCase) row).setting())
            .distinct()
            .toList();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Checked<Predicted>>> work =
          settings.stream()
              .<Callable<Checked<Predicted>>>map(setting -> () -> pricer.price(setting))
              .toList();
      var prices = new LinkedHashMap<RowCase.Setting, Checked<Predicted>>();
      var done = pool.invokeAll(work);
      for (int i = 0; i < settings.size(); i++) {
        prices.put(settings.get(i), result(done.get(i)));
      }
      return prices;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Checked<Predicted> result(Future<Checked<Predicted>> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run could not be priced", e.getCause());
    }
  }

  private static Skipped refused(RowCase row, List<Diagnostic> diagnostics) {
    var first = diagnostics.stream().filter(Diagnostic::isError).findFirst();
    var detail = first.map(d -> d.code().id() + ": " + d.message()).orElse("no price");
    return new Skipped(row.run(), SkipReason.REFUSED, detail);
  }
}
