package dev.weft.testsuite.docs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.weft.cli.validate.Judged;
import dev.weft.cli.validate.PublishedRun;
import dev.weft.cli.validate.RowCase;
import dev.weft.cli.validate.RowRules;
import dev.weft.cli.validate.SettingPricer;
import dev.weft.cli.validate.SkipReason;
import dev.weft.cli.validate.Skipped;
import dev.weft.cli.validate.Validation;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code docs/predictions.md}: what is predicted of well-known runs. */
public final class PredictionsPage {
  private static final String INTRODUCTION =
      """
      # Well-known runs, predicted

      Generated from `bench/data/published-runs.csv` by `./dev bless`; do not edit. How a row becomes a model, a plan, a cluster
      and a software stack is in [published-runs.md](published-runs.md), what the formulas are in [cost-model.md](cost-model.md).
      The error is predicted over measured time, less one. Runs of which one size had to be assumed, and known runs that cannot be
      predicted, are listed [below](#under-an-assumption).

      | run | model | devices | plan | stack | measured s | predicted s | error |
      |---|---|---|---|---|---|---|---|
      """;

  private static final String ASSUMED =
      """

      ## Under an assumption

      Runs whose source does not say how large a micro-batch was. Here it is one sequence, which may be wrong: no error that Weft
      states counts these rows.

      | run | model | devices | plan | stack | measured s | predicted s | error |
      |---|---|---|---|---|---|---|---|
      """;

  private static final String UNPRICED =
      """

      ## Not predicted

      Runs of the same sources, and why there is no prediction. What Weft lacks is counted by itself in `weft validate` too.

      | source | runs | why |
      |---|---|---|
      """;

  /** Sources that people compare with. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "Korthikanti|Narayanan et al. 2021|MegaScale|Zero Bubble|MT-NLG|BLOOM|MindSpeed"
              + "|NeMo performance|Megatron-Bridge|examples/llama|MoE");

  private PredictionsPage() {}

  /** Brings the page of a checkout up to date. */
  public static void write(Path root) {
    try {
      Files.writeString(path(root), text(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(Path root) {
    return root.resolve("docs/predictions.md");
  }

  static String text(Path root) throws IOException {
    var page = new StringBuilder(INTRODUCTION);
    var runs = validation(root);
    timed(runs).forEach(judged -> page.append(row(judged)));
    page.append(ASSUMED);
    runs.assumed().forEach(judged -> page.append(row(judged)));
    page.append(UNPRICED);
    unpriced(runs).forEach((why, count) -> page.append(row(why, count)));
    return page.toString();
  }

  /** The known runs with a time, in the order of the table. */
  static List<Judged> known(Path root) throws IOException {
    return timed(validation(root));
  }

  private static Validation validation(Path root) throws IOException {
    var table = Files.readAllLines(root.resolve("bench/data/published-runs.csv"));
    var lines = new ArrayList<String>(table.subList(0, 1));
    table.stream().skip(1).filter(line -> KNOWN.matcher(line).find()).forEach(lines::add);
    var source = new Source("published-runs.csv", String.join("\n", lines) + "\n");
    return Validation.of(source, new SettingPricer(), 2).orThrow();
  }

  private static List<Judged> timed(Validation runs) {
    return runs.judged().stream().filter(judged -> judged.timeError().isPresent()).toList();
  }

  private record Why(String source, String reason) {
    static Why refused(PublishedRun run) {
      return new Why(run.source(), SkipReason.REFUSED.text());
    }

    static Why of(Skipped skipped) {
      return new Why(skipped.run().source(), skipped.reason().text());
    }
  }

  /** In the order of the table, runs that it calls incomplete at the end. */
  private static Map<Why, Long> unpriced(Validation runs) {
    var priced = runs.assumed().stream().map(Judged::row).map(RowCase::run).collect(toSet());
    var incomplete =
        runs.incomplete().stream()
            .map(RowRules::assuming)
            .filter(row -> !priced.contains(row.run()))
            .map(row -> row instanceof Skipped s ? Why.of(s) : Why.refused(row.run()));
    return Stream.concat(runs.skipped().stream().map(Why::of), incomplete)
        .collect(groupingBy(why -> why, LinkedHashMap::new, counting()));
  }

  private static String row(Why why, long count) {
    return "| %s | %d | %s |\n".formatted(why.source(), count, why.reason());
  }

  private static String row(Judged judged) {
    var run = judged.row().run();
    var setting = judged.row().setting();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d of %s | `%s`%s | %s | %.3g | %.3g | %+.1f %% |\n",
        run.name() + ", " + first(run.source()),
        run.model().name(),
        setting.devices(),
        setting.cluster(),
        setting.knobs(),
        setting.products().rate().map(rate -> ", products in " + rate).orElse("") + remarks(judged),
        setting.software(),
        run.outcome().seconds().orElseThrow(),
        judged.predicted().seconds(),
        100 * judged.timeError().orElseThrow());
  }

  private static String remarks(Judged judged) {
    return judged.row().remarks().stream().map(remark -> "; " + remark).collect(joining());
  }

  private static String first(String source) {
    int comma = source.indexOf(',');
    return comma < 0 ? source : source.substring(0, comma);
  }
}
