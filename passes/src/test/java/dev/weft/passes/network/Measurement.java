package dev.weft.passes.network;

import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A row of {@code bench/data/communication.csv}.
 *
 * @param fabric names of the links that join the devices, innermost first
 * @param perNode how many of the ranks each node has
 * @param collective a kind, or {@code transfer}
 * @param form {@code plain}, or {@code list} where the caller copies the parts, too
 */
record Measurement(
    String source,
    List<String> fabric,
    int ranks,
    int perNode,
    String collective,
    String form,
    long bytes,
    double seconds) {
  private static final Path TABLE =
      Path.of(System.getProperty("weft.root", "..")).resolve("bench/data/communication.csv");

  static List<Measurement> all() throws IOException {
    return Files.readAllLines(TABLE).stream().skip(1).map(Measurement::of).toList();
  }

  private static Measurement of(String line) {
    String[] cells = line.split(",", -1);
    return new Measurement(
        cells[0],
        Arrays.asList(cells[1].split("[+]")),
        Integer.parseInt(cells[2]),
        Integer.parseInt(cells[3]),
        cells[4],
        cells[5],
        Long.parseLong(cells[6]),
        Double.parseDouble(cells[7]));
  }

  boolean isOn(String links) {
    return String.join("+", fabric).equals(links);
  }

  /** log(predicted / measured). */
  double error() {
    Network network = new Network(fabric.stream().map(this::link).toList());
    Group group = new Group(ranks, 1, ranks);
    double predicted =
        collective.equals("transfer")
            ? network.transfer(bytes, group)
            : network.seconds(kind(), bytes, group);
    return Math.log(predicted / seconds);
  }

  private LinkSpec link(String name) {
    LinkSpec link = Specs.named(LinkSpec.class, name).orThrow();
    boolean isInner = fabric.size() > 1 && name.equals(fabric.getFirst());
    return isInner ? link.joining(perNode) : link;
  }

  private CollectiveKind kind() {
    return CollectiveKind.valueOf(collective.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
