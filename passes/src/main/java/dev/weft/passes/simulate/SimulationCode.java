package dev.weft.passes.simulate;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** How a plan may not stand on a cluster. */
public enum SimulationCode implements Code {
  TOO_MANY_DEVICES(
      Description.error(
          "W0931",
          "A plan has more devices than its cluster.",
          "Choose a plan of fewer devices, or raise the \"count\" of nodes in the cluster's file.")),
  TENSOR_OVER_NODES(
      new Description(
          "W0932",
          Severity.WARNING,
          "Devices that share the tensors of a layer lie on several nodes.",
          "Links between nodes are slower than those within one: make tp, and with it the product of"
              + " the innermost degrees, divide the devices of a node.")),
  NO_MATRIX_ENGINE(
      new Description(
          "W0933",
          Severity.WARNING,
          "The matrix engine of a device does not take the training precision.",
          "Its vector units multiply instead; choose another precision with -D precision=f16.")),
  NO_NARROW_PRODUCTS(
      new Description(
          "W0934",
          Severity.WARNING,
          "The matrix engine of a device does not take the format in which software multiplies.",
          "The training precision is priced instead; set \"products\": \"training\" in the software's"
              + " file, or give the device a rate for the format in \"matrixFlops\"."));

  private final Description description;

  SimulationCode(Description description) {
    this.description = description;
  }

  @Override
  public Description description() {
    return description;
  }
}
