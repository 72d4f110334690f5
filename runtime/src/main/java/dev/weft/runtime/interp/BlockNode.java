package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.RootNode;
import dev.weft.runtime.tensor.Tensor;

/**
 * Straight-line code as a callable: its arguments are the device and one tensor for each input,
 * each held once for the callee; its result is the outputs, each held once for the caller.
 */
final class BlockNode extends RootNode {
  private final String name;
  @Children private final OpNode[] body;

  @CompilationFinal(dimensions = 1)
  private final int[] unusedParams;

  @CompilationFinal(dimensions = 1)
  private final int[] yields;

  private final int params;

  /**
   * @param params the number of parameters; they have the first slots
   * @param unusedParams slots of the parameters that nothing uses
   * @param yields slots of the yields; a slot may occur several times
   */
  BlockNode(
      FrameDescriptor frame,
      String name,
      int params,
      int[] unusedParams,
      OpNode[] body,
      int[] yields) {
    super(null, frame);
    this.name = name;
    this.params = params;
    this.unusedParams = unusedParams;
    this.body = body;
    this.yields = yields;
  }

  @Override
  @ExplodeLoop
  public Object execute(VirtualFrame frame) {
    var arguments = frame.getArguments();
    var device = (Device) arguments[0];
    for (int i = 0; i < params; i++) {
      frame.setObject(i, arguments[i + 1]);
    }
    for (int slot : unusedParams) {
      OpNode.drop(frame, device, slot);
    }
    for (var op : body) {
      op.execute(frame, device);
    }
    return yields(frame, device);
  }

  @ExplodeLoop
  private Tensor[] yields(VirtualFrame frame, Device device) {
    var results = new Tensor[yields.length];
    for (int i = 0; i < yields.length; i++) {
      results[i] = (Tensor) frame.getObject(yields[i]);
      if (yieldedBefore(i)) {
        device.memory().hold(results[i]);
      }
    }
    return results;
  }

  private boolean yieldedBefore(int index) {
    for (int i = 0; i < index; i++) {
      if (yields[i] == yields[index]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String getName() {
    return name;
  }
}
