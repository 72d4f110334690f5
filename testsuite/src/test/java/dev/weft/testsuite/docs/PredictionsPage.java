package dev.weft.testsuite.docs;

import dev.weft.cli.validate.Judged;
import dev.weft.cli.validate.SettingPricer;
import dev.weft.cli.validate.Validation;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code docs/predictions.md}: what is predicted of well-known runs. */
public final class PredictionsPage {
  private static final String INTRODUCTION =
      """
      # Well-known runs, predicted

      Generated from `bench/data/published-runs.csv` by `./dev bless`; do not edit. How a row becomes a model, a plan, a cluster
      and a software stack is in [published-runs.md](published-runs.md), what the formulas are in [cost-model.md](cost-model.md).
      The error is predicted over measured time, less one.

      | run | model | devices | plan | stack | measured s | predicted s | error |
      |---|---|---|---|---|---|---|---|
      """;

  /** Sources that people compare with. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "Korthikanti|Narayanan et al. 2021|MegaScale|Zero Bubble|MT-NLG|BLOOM|MindSpeed");

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
    known(root).forEach(judged -> page.append(row(judged)));
    return page.toString();
  }

  /** The known runs with a time, in the order of the table. */
  static List<Judged> known(Path root) throws IOException {
    var table = Files.readAllLines(root.resolve("bench/data/published-runs.csv"));
    var lines = new ArrayList<String>(table.subList(0, 1));
    table.stream().skip(1).filter(line -> KNOWN.matcher(line).find()).forEach(lines::add);
    var source = new Source("published-runs.csv", String.join("\n", lines) + "\n");
    return Validation.of(source, new SettingPricer(), 2).orThrow().judged().stream()
        .filter(judged -> judged.timeError().isPresent())
        .toList();
  }

  private static String row(Judged judged) {
    var run = judged.row().run();
    var setting = judged.row().setting();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | `%s` | %s | %.3g | %.3g | %+.1f %% |\n",
        run.name() + ", " + first(run.source()),
        run.model().name(),
        setting.devices(),
        setting.knobs(),
        setting.software(),
        run.outcome().seconds().orElseThrow(),
        judged.predicted().seconds(),
        100 * judged.timeError().orElseThrow());
  }

  private static String first(String source) {
    int comma = source.indexOf(',');
    return comma < 0 ? source : source.substring(0, comma);
  }
}
