package dev.weft.passes.calibrate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.fit.CoordinateSearch;
import dev.weft.passes.fit.Spread;
import dev.weft.passes.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The constants of a link that explain measurements best: the mean absolute error is least, each
 * kind of exchange counting the same. What is fitted is the bandwidth that is reached, which cannot
 * be told from a peak and a part of it that is reached, and the times of small messages.
 */
public final class LinkFit {
  private static final double UNLIMITED = 1e15;

  /** Seconds that no clock sees. */
  private static final double NOTHING = 1e-12;

  private LinkFit() {}

  /**
   * The link of one domain.
   *
   * @param start of the right topology; its other numbers are where the search begins
   */
  public static LinkSpec of(LinkSpec start, List<MeasuredExchange> exchanges) {
    var kinds =
        exchanges.stream()
            .collect(groupingBy(MeasuredExchange::kind, TreeMap::new, toList()))
            .values();
    var limits = new double[4];
    Arrays.fill(limits, UNLIMITED);
    var best =
        CoordinateSearch.minimize(
            point -> {
              var network = new Network(List.of(with(start, point)));
              return kinds.stream().mapToDouble(k -> meanError(network, k)).average().orElse(0);
            },
            new double[] {start.bandwidth(), start.latency(), start.startup(), start.fill()},
            limits);
    return with(start, best);
  }

  /** How far the predictions of a link lie from measurements of it. */
  public static Spread spread(LinkSpec link, List<MeasuredExchange> exchanges) {
    var network = new Network(List.of(link));
    return Spread.of(exchanges.stream().mapToDouble(one -> one.error(network)).toArray());
  }

  private static double meanError(Network network, List<MeasuredExchange> exchanges) {
    return exchanges.stream().mapToDouble(e -> Math.abs(e.error(network))).average().orElse(0);
  }

  /** A search by factors never arrives at 0. */
  private static double orNothing(double seconds) {
    return seconds < NOTHING ? 0 : seconds;
  }

  private static LinkSpec with(LinkSpec start, double[] point) {
    return new LinkSpec(
        start.name(),
        start.devices(),
        start.topology(),
        point[0],
        orNothing(point[1]),
        orNothing(point[2]),
        orNothing(point[3]),
        start.halfFill(),
        start.gap(),
        start.efficiency(),
        start.tree(),
        start.reduction(),
        start.scaleLoss());
  }
}
