package dev.weft.cli.validate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From a row's device and site to the name of a cluster specification. The first rule counts whose
 * patterns are found in the device's names and in the words for the network.
 */
record ClusterRule(Pattern device, Pattern network, String cluster) {
  private static final String ANY = "";
  private static final List<ClusterRule> ALL =
      List.of(
          rule("a100.*80", "jean.?zay|omni-?path", "jean-zay-a100"),
          rule("v100.*32", "jean.?zay|omni-?path", "jean-zay-v100"),
          rule("p100", "piz|aries", "piz-daint"),
          rule("h100", "efa|p5|aws", "aws-p5"),
          rule("a100.*pcie", ANY, "a100-pcie-80"),
          rule("a100.*40gb|a100-40", ANY, "dgx-a100-40"),
          rule("a100", ANY, "dgx-a100-80"),
          rule("a800", ANY, "hgx-a800-80"),
          rule("v100.*16", ANY, "dgx-1-v100-16"),
          rule("v100", ANY, "dgx-1-v100-32"),
          rule("p100", ANY, "piz-daint"),
          rule("h100.*96", ANY, "hgx-h100-96-hbm2e"),
          rule("gh200", ANY, "gh200-quad"),
          rule("h100", ANY, "dgx-h100"),
          rule("h800", ANY, "hgx-h800-80"),
          rule("h200", ANY, "hgx-h200"),
          rule("gb200", ANY, "gb200-nvl72"),
          rule("gb300", ANY, "gb300-nvl72"),
          rule("b200", ANY, "hgx-b200"),
          rule("b300", ANY, "hgx-b300"),
          rule("910c|cloudmatrix", ANY, "cloudmatrix384"),
          rule("910b|a2", ANY, "atlas-900-910b"),
          rule("910a|ascend.?910|910", ANY, "atlas-800-910a"));

  /** The specification for a machine; absent where no rule knows its device. */
  static Optional<String> of(RunMachine machine) {
    var device = (machine.device() + " " + machine.key()).toLowerCase(Locale.ROOT);
    var network = machine.interconnect().toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(r -> r.device().matcher(device).find() && r.network().matcher(network).find())
        .map(ClusterRule::cluster)
        .findFirst();
  }

  private static ClusterRule rule(String device, String network, String cluster) {
    return new ClusterRule(Pattern.compile(device), Pattern.compile(network), cluster);
  }
}
