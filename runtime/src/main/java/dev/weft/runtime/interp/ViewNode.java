package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Gives views of elements of the operand, end to end: nothing is moved. */
final class ViewNode extends OpNode {
  private final List<TensorType> parts;
  private final int first;

  /**
   * A view from some element on.
   *
   * @param first element of the first part
   */
  ViewNode(Wiring wiring, List<TensorType> parts, long first) {
    super(wiring);
    this.parts = parts;
    this.first = Math.toIntExact(first);
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    hold(frame, device, views(operands(frame)[0]));
    dropOperands(frame, device);
    dropUnused(frame, device);
  }

  @TruffleBoundary
  private Tensor[] views(Tensor whole) {
    var views = new Tensor[parts.size()];
    int next = first;
    for (int i = 0; i < views.length; i++) {
      views[i] = whole.view(parts.get(i), next);
      next += views[i].size();
    }
    return views;
  }
}
