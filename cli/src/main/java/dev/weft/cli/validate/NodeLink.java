package dev.weft.cli.validate;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bandwidth between nodes, from the words of a row: {@code 4x HDR IB 200Gb/s}, {@code 400 Gb/s
 * NDR IB per GPU}, {@code 800 Gb/s RoCE per node}, {@code 8x50GB/s}. Figures of links within a node
 * are passed over, as those are facts of the device; so is the speed of a port where their number
 * is not given.
 */
final class NodeLink {
  private static final double BITS_OF_A_BYTE = 8;
  private static final Pattern FIGURE =
      Pattern.compile("(?:(\\d+)\\s*x\\s*)?[a-z -]*?(\\d+(?:\\.\\d+)?)\\s*(g[bB])/s");
  private static final Pattern EACH_DEVICE = Pattern.compile("per (gpu|npu|device)");
  private static final Pattern WHOLE_NODE = Pattern.compile("per node|inter[- ]node");
  private static final Pattern WITHIN_A_NODE = Pattern.compile("nvlink|nvswitch|hccs|bidir");
  private static final String PARTS = "[;+]|intra[- ]node\\b";

  private NodeLink() {}

  /** Bytes/s out of one device in one direction; absent where the words give none. */
  static OptionalDouble bandwidth(String interconnect, OptionalLong devicesPerNode) {
    for (var part : lowered(interconnect).split(PARTS, -1)) {
      var figure = FIGURE.matcher(part);
      if (figure.find() && !WITHIN_A_NODE.matcher(part).find()) {
        return bandwidth(part, figure, devicesPerNode.orElse(1));
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble bandwidth(String part, Matcher figure, long devicesPerNode) {
    boolean isCounted = figure.group(1) != null;
    double links = isCounted ? Double.parseDouble(figure.group(1)) : 1;
    double bytes = links * 1e9 * Double.parseDouble(figure.group(2));
    double rate = figure.group(3).equals("gb") ? bytes / BITS_OF_A_BYTE : bytes;
    if (!isCounted && EACH_DEVICE.matcher(part).find()) {
      return OptionalDouble.of(rate);
    }
    return isCounted || WHOLE_NODE.matcher(part).find()
        ? OptionalDouble.of(rate / devicesPerNode)
        : OptionalDouble.empty();
  }

  /** In lower case but for the B of bytes, which are not bits. */
  private static String lowered(String words) {
    return words.replace("GB/s", "\0").toLowerCase(Locale.ROOT).replace("\0", "gB/s");
  }
}
