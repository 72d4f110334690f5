package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.SharedSum;
import dev.weft.runtime.tensor.Tensor;

/** Meets other devices. */
final class CollectiveNode extends OpNode {
  private final Collective op;
  private final Drop drop;

  CollectiveNode(Wiring wiring, Collective op) {
    super(wiring);
    this.op = op;
    this.drop = op instanceof AllReduce || op instanceof SharedSum ? Drop.EARLY : Drop.LATE;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    finish(frame, device, new Tensor[] {exchange(device, operands(frame)[0])}, drop);
  }

  @TruffleBoundary
  private Tensor exchange(Device device, Tensor operand) {
    device.arriveAt(site());
    return device.exchange(op, operand, site());
  }
}
