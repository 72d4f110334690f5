package dev.weft.cli.validate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the errors of a source would be, had its rows been unknown: every prediction is divided by
 * the median of predicted / measured of the other sources' rows with the same software on the same
 * device, or, where there are none, on the same device.
 *
 * @param source that is left out
 * @param stated its errors as they are
 * @param refitted its errors with that scale
 */
public record LeftOut(
    String source, Optional<ErrorStatistics> stated, Optional<ErrorStatistics> refitted) {
  /** Each source in turn, by name. */
  public static List<LeftOut> each(List<Judged> runs) {
    var timed = runs.stream().filter(run -> run.timeError().isPresent()).toList();
    return timed.stream()
        .map(LeftOut::source)
        .distinct()
        .sorted()
        .map(source -> of(source, timed))
        .toList();
  }

  /** All rows together, each scaled by what the other sources say. */
  public static Optional<ErrorStatistics> all(List<Judged> runs) {
    var timed = runs.stream().filter(run -> run.timeError().isPresent()).toList();
    return ErrorStatistics.of(timed.stream().map(run -> rescaled(run, timed)).toList());
  }

  private static LeftOut of(String source, List<Judged> timed) {
    var own = timed.stream().filter(run -> source(run).equals(source)).toList();
    return new LeftOut(
        source,
        ErrorStatistics.of(own.stream().map(run -> run.timeError().orElseThrow()).toList()),
        ErrorStatistics.of(own.stream().map(run -> rescaled(run, timed)).toList()));
  }

  private static double rescaled(Judged run, List<Judged> timed) {
    double ratio = 1 + run.timeError().orElseThrow();
    return ratio / scale(run, timed) - 1;
  }

  private static double scale(Judged run, List<Judged> timed) {
    var setting = run.row().setting();
    var others =
        timed.stream()
            .filter(other -> !source(other).equals(source(run)))
            .filter(other -> other.row().setting().cluster().equals(setting.cluster()))
            .toList();
    var alike =
        others.stream()
            .filter(other -> other.row().setting().software().equals(setting.software()))
            .toList();
    return median((alike.isEmpty() ? others : alike).stream());
  }

  /** 1 of nothing. */
  private static double median(Stream<Judged> runs) {
    var ratios =
        runs.map(run -> 1 + run.timeError().orElseThrow())
            .sorted(Comparator.naturalOrder())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return ratios.length == 0 ? 1 : ErrorStatistics.quantile(ratios, 0.5);
  }

  private static String source(Judged run) {
    return run.row().run().source();
  }
}
