package dev.weft.cli.command;

import dev.weft.cli.pricing.ClusterChoice;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import picocli.CommandLine.Option;

/** The machines on which a step is priced, and the software that runs there. */
final class ClusterArguments {
  private static final String JSON = ".json";

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "CLUSTER",
      description = "A cluster by name, such as dgx-a100-80, or its file (.json).")
  private String cluster = "";

  @Option(
      names = "--software",
      paramLabel = "SOFTWARE",
      description =
          "What runs the step: a stack by name or its file (.json). Default: weft, the program that"
              + " Weft emits.")
  private String software = "weft";

  Checked<ClusterChoice> choice(Terminal terminal) {
    return read(terminal, Cluster.class, "--cluster", cluster)
        .then(
            machines ->
                read(terminal, SoftwareSpec.class, "--software", software)
                    .map(stack -> new ClusterChoice(machines, stack)));
  }

  /** A file need not lie in the way of a name. */
  static <T extends Record> Checked<T> read(
      Terminal terminal, Class<T> type, String option, String text) {
    boolean isFile = text.endsWith(JSON) || text.contains("/");
    return isFile
        ? TextFile.read(terminal, text).then(source -> Specs.read(type, source))
        : Specs.read(type, new Source(option, "\"" + text + "\""));
  }
}
