package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.runtime.kernel.Kernel;
import dev.weft.runtime.tensor.Tensor;

/** Runs a kernel. */
final class KernelNode extends OpNode {
  private final Kernel kernel;
  private final Drop drop;

  KernelNode(Wiring wiring, Kernel kernel, Drop drop) {
    super(wiring);
    this.kernel = kernel;
    this.drop = drop;
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    finish(frame, device, run(device, operands(frame)), drop);
  }

  @TruffleBoundary
  private Tensor[] run(Device device, Tensor[] operands) {
    device.arriveAt(site());
    try {
      return kernel.run(device.place(), operands);
    } catch (RuntimeException e) {
      throw new ExecutionFailure(site(), e);
    }
  }
}
