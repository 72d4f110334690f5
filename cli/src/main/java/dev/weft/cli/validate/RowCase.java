package dev.weft.cli.validate;

import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.ProductFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A published run as something that can be priced.
 *
 * @param setting all that the price depends on
 * @param remarks assumptions worth a reader's attention
 */
public record RowCase(PublishedRun run, Setting setting, List<String> remarks) implements Row {
  public RowCase {
    remarks = List.copyOf(remarks);
  }

  /** The same with one more remark. */
  RowCase with(String remark) {
    return new RowCase(run, setting, Stream.concat(remarks.stream(), Stream.of(remark)).toList());
  }

  /**
   * A model, a plan and a place to run it. Two rows of one setting have one price.
   *
   * @param precision of weights and activations
   * @param batch sequences of one step
   * @param knobs the plan, as {@code --plan} takes it
   * @param sharing replicas that share the update of each weight; 1 where each makes all of it
   * @param devices in the whole run
   * @param cluster the name of a specification
   * @param nodeBandwidth bytes/s out of one device to other nodes, in one direction, where the row
   *     states it; else that of the specification holds
   * @param measured what the run measured of its network
   * @param software the name of a software stack
   * @param isFused whether attention is a fused kernel
   * @param products the format of matrix products
   */
  public record Setting(
      Architecture architecture,
      DType precision,
      long batch,
      String knobs,
      long sharing,
      long devices,
      String cluster,
      OptionalDouble nodeBandwidth,
      Optional<MeasuredLinks> measured,
      String software,
      boolean isFused,
      ProductFormat products) {
    /** The model file. */
    public Source model() {
      return ModelText.source(architecture);
    }

    /** The sizes for it. */
    public Options options() {
      return ModelText.options(architecture, batch, precision);
    }
  }
}
