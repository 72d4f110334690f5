package dev.weft.passes.cluster;

import java.util.Arrays;
import java.util.Optional;

/**
 * A kind of spec that may have a name of its own: each has a folder of shipped files, may be named
 * instead of written out, and may be {@code like} another one.
 */
public enum SpecKind {
  CLUSTER("cluster", "", Cluster.class),
  DEVICE("device", "devices/", DeviceSpec.class),
  HOST("host", "hosts/", HostSpec.class),
  LINK("link", "links/", LinkSpec.class),
  SOFTWARE("software stack", "software/", SoftwareSpec.class);

  private final String text;
  private final String folder;
  private final Class<? extends Record> type;

  SpecKind(String text, String folder, Class<? extends Record> type) {
    this.text = text;
    this.folder = folder;
    this.type = type;
  }

  /** What a message calls one. */
  public String text() {
    return text;
  }

  /** Where the shipped ones lie, below the folder of clusters; ends in a slash unless empty. */
  public String folder() {
    return folder;
  }

  /** The record that the JSON's keys are the components of. */
  public Class<? extends Record> type() {
    return type;
  }

  static Optional<SpecKind> of(Class<?> type) {
    return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }
}
