package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.ir.op.Receive;
import dev.weft.runtime.tensor.Tensor;

/** Waits for a value of another device. */
final class ReceiveNode extends OpNode {
  private final Receive op;

  ReceiveNode(Wiring wiring, Receive op) {
    super(wiring);
    this.op = op;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    hold(frame, device, new Tensor[] {receive(device)});
    dropUnused(frame, device);
  }

  /** A buffer of its own: what the sender does with its value is no concern of the receiver. */
  @TruffleBoundary
  private Tensor receive(Device device) {
    device.arriveAt(site());
    return device.receive(op, site()).copy();
  }
}
