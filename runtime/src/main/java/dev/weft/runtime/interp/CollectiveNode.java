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

  CollectiveNode(Wiring wiring, Collective op) {
    super(wiring);
    this.op = op;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    var tensors = new Tensor[] {exchange(device, operands(frame)[0])};
    if (op instanceof AllReduce || op instanceof SharedSum) {
      dropOperands(frame, device);
      hold(frame, device, tensors);
    } else {
      hold(frame, device, tensors);
      dropOperands(frame, device);
    }
    dropUnused(frame, device);
  }

  @TruffleBoundary
  private Tensor exchange(Device device, Tensor operand) {
    device.arriveAt(site());
    return device.exchange(op, operand, site());
  }
}
