package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.ir.op.Send;
import dev.weft.runtime.tensor.Tensor;

/** Hands a value to another device, which need not be waiting for it. */
final class SendNode extends OpNode {
  private final Send op;

  SendNode(Wiring wiring, Send op) {
    super(wiring);
    this.op = op;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    send(device, operands(frame)[0]);
    dropOperands(frame, device);
  }

  @TruffleBoundary
  private void send(Device device, Tensor value) {
    device.arriveAt(site());
    device.send(op, value, site());
  }
}
