package dev.weft.runtime.interp;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import dev.weft.runtime.tensor.Tensor;

/** Runs another function; operands that die at the call are its own from the start. */
final class CallNode extends OpNode {
  @Child private DirectCallNode callee;

  CallNode(Wiring wiring, RootCallTarget callee) {
    super(wiring);
    this.callee = DirectCallNode.create(callee);
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    device.arriveAt(site());
    var arguments = arguments(device, operands(frame));
    dropOperands(frame, device);
    var results = (Tensor[]) callee.call(arguments);
    write(frame, results);
    dropUnused(frame, device);
  }

  /** Each operand is held once for the callee. */
  private static Object[] arguments(Device device, Tensor[] operands) {
    var arguments = new Object[operands.length + 1];
    arguments[0] = device;
    for (int i = 0; i < operands.length; i++) {
      arguments[i + 1] = operands[i];
      device.memory().hold(operands[i]);
    }
    return arguments;
  }

  /** The results are counted already. */
  @ExplodeLoop
  private void write(VirtualFrame frame, Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      write(frame, i, results[i]);
    }
  }
}
