package dev.weft.runtime.grid;

import dev.weft.ir.op.Collective;
import dev.weft.runtime.interp.Site;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** A device's part in a meeting. */
record Arrival(int device, Collective op, Tensor operand, Site site) {
  /** Whether two devices do the same: the same collective on pieces of one type. */
  boolean agreesWith(Arrival other) {
    return op.equals(other.op) && operand.type().equals(other.operand.type());
  }

  /** For reports: {@code device 0 waits in all_reduce over [dp] at %y = … in group [0, 1]}. */
  String waits(List<Integer> group) {
    return String.format(
        Locale.ROOT,
        "device %d waits in %s over %s at %s in group %s",
        device,
        op.kind(),
        op.over(),
        site,
        group);
  }

  @Override
  public String toString() {
    return "device " + device + " does " + op + " on " + operand.type() + " at " + site;
  }
}
