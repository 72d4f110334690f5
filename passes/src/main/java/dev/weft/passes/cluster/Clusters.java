package dev.weft.passes.cluster;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.List;

/** The clusters that Weft knows by name, and those of users' files. */
public final class Clusters {
  private Clusters() {}

  /** The names of the shipped clusters. */
  public static List<String> names() {
    return Specs.names(SpecKind.CLUSTER);
  }

  /** A shipped cluster, such as {@code dgx-a100-80}. */
  public static Checked<Cluster> named(String name) {
    return Specs.named(Cluster.class, name);
  }

  /** A shipped cluster whose name is a text of the user's, such as the value of an option. */
  public static Checked<Cluster> named(Source name) {
    return Specs.named(Cluster.class, name);
  }

  /** The cluster of a JSON text. */
  public static Checked<Cluster> read(Source source) {
    return Specs.read(Cluster.class, source);
  }
}
