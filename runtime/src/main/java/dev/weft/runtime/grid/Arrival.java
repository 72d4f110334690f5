package dev.weft.runtime.grid;

import dev.weft.ir.op.Collective;
import dev.weft.runtime.interp.Site;
import dev.weft.runtime.tensor.Tensor;

/** A device's part in a meeting. */
record Arrival(int device, Collective op, Tensor operand, Site site) {
  /** Whether two devices do the same: the same collective on pieces of one type. */
  boolean agreesWith(Arrival other) {
    return op.equals(other.op) && operand.type().equals(other.operand.type());
  }

  @Override
  public String toString() {
    return "device " + device + " does " + op + " on " + operand.type() + " at " + site;
  }
}
