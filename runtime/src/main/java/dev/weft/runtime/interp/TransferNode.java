package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** Copies a value between the device's memory and the host's. */
final class TransferNode extends OpNode {
  private final Primitive op;
  private final TensorType type;

  TransferNode(Wiring wiring, Primitive op, TensorType type) {
    super(wiring);
    this.op = op;
    this.type = type;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    finish(frame, device, new Tensor[] {move(device, operands(frame)[0])}, Drop.LATE);
  }

  @TruffleBoundary
  private Tensor move(Device device, Tensor value) {
    device.arriveAt(site());
    device.moved(op.name(), type.bytes());
    return Tensor.of(type, value.toArray());
  }
}
