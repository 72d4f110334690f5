package dev.weft.cli.fit;

import dev.weft.passes.cluster.SoftwareSpec;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;

/**
 * A constant of a software stack that is fitted. What a stack's documentation says of it (how it
 * computes attention, what it overlaps, what it keeps in which precision) is not.
 *
 * @param name of the component of {@link SoftwareSpec}
 * @param least sensible value, above 0
 * @param greatest sensible value
 * @param spread how far stacks of one family usually are apart, as a logarithm
 */
public record StackConstant(String name, double least, double greatest, double spread) {
  /** The ones that time depends on, within what hosts, libraries and memories can do. */
  public static final List<StackConstant> ALL =
      List.of(
          new StackConstant("sustainedSpeed", 0.7, 1, 0.1),
          new StackConstant("streamTraffic", 1, 10, 1),
          new StackConstant("lossTraffic", 1, 10, 1),
          new StackConstant("scoreTraffic", 1, 8, 1),
          new StackConstant("launchSeconds", 2e-6, 2e-4, 1),
          new StackConstant("hopSeconds", 1e-6, 1e-3, 1),
          new StackConstant("microBatchSeconds", 1e-6, 2, 1),
          new StackConstant("messageSeconds", 1e-6, 2, 1),
          new StackConstant("stepSeconds", 1e-3, 8, 1));

  /** The components of a stack. */
  static RecordComponent[] components() {
    return Objects.requireNonNull(SoftwareSpec.class.getRecordComponents());
  }
}
