package dev.weft.testsuite.docs;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.fit.MeasuredKernel;
import dev.weft.passes.fit.MeasuredKernels;
import dev.weft.passes.fit.Measurement;
import dev.weft.passes.fit.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code docs/compute-errors.md}: how far the prices of kernels on the shipped devices lie from the
 * measurements in {@code bench/data}.
 */
public final class ComputeErrorsPage {
  private static final String INTRODUCTION =
      """
      # Errors of the compute times

      Generated from `clusters/devices` and `bench/data` by `./dev bless`; do not edit. What the formulas are is in
      [cost-model.md](cost-model.md), what the rows are in [bench/data](../bench/data/README.md).

      An error is the logarithm of predicted over measured time, in hundredths: about per cent. "Best of a search" and
      "grouped" were not fitted: the first are the fastest shapes that somebody found with a cool device, which nothing
      sustained reaches, and the second are many products with a kernel each.

      | device | operation | source | rows | bias | median | mean | 90th percentile |
      |---|---|---|---|---|---|---|---|
      """;

  /** A line of the page. */
  private record Line(String device, String what, String source) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      return (device + "\n" + what + "\n" + source)
          .compareTo(other.device + "\n" + other.what + "\n" + other.source);
    }
  }

  private ComputeErrorsPage() {}

  /** Brings the page of a checkout up to date. */
  public static void write(Path root) {
    try {
      Files.writeString(path(root), text(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(Path root) {
    return root.resolve("docs/compute-errors.md");
  }

  static String text(Path root) throws IOException {
    var page = new StringBuilder(INTRODUCTION);
    var groups = new TreeMap<Line, List<Measurement>>();
    all(root)
        .forEach(
            one ->
                groups.computeIfAbsent(line(one), l -> new ArrayList<>()).add(one.measurement()));
    groups.forEach(
        (line, measurements) ->
            page.append(row(line, Spread.of(device(line.device), measurements))));
    return page.toString();
  }

  /** The errors of one device in the operations wanted. */
  static Spread spread(Path root, String device, Predicate<String> what) throws IOException {
    return Spread.of(
        device(device),
        all(root).stream()
            .filter(one -> one.device().equals(device) && what.test(one.what()))
            .map(MeasuredKernel::measurement)
            .toList());
  }

  private static DeviceSpec device(String name) {
    return Specs.named(DeviceSpec.class, name).orThrow();
  }

  private static Line line(MeasuredKernel kernel) {
    return new Line(kernel.device(), kernel.what(), kernel.measurement().source());
  }

  static List<MeasuredKernel> all(Path root) throws IOException {
    var data = root.resolve("bench/data");
    var all = new ArrayList<MeasuredKernel>();
    all.addAll(MeasuredKernels.gemms(data.resolve("gemm.csv")));
    all.addAll(MeasuredKernels.attentions(data.resolve("attention.csv")));
    all.addAll(MeasuredKernels.streams(data.resolve("stream.csv")));
    return all;
  }

  private static String row(Line line, Spread spread) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %+.1f | %.1f | %.1f | %.1f |\n",
        line.device,
        line.what,
        line.source,
        spread.count(),
        100 * spread.bias(),
        100 * spread.median(),
        100 * spread.mean(),
        100 * spread.p90());
  }
}
