package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import dev.weft.runtime.tensor.Tensor;

/** Applies one op: reads operands from the frame, writes results, drops what dies. */
abstract class OpNode extends Node {
  private final Site site;

  @CompilationFinal(dimensions = 1)
  private final int[] operands;

  @CompilationFinal(dimensions = 1)
  private final int[] results;

  @CompilationFinal(dimensions = 1)
  private final int[] dying;

  @CompilationFinal(dimensions = 1)
  private final int[] unused;

  OpNode(Wiring wiring) {
    this.site = wiring.site();
    this.operands = wiring.operands();
    this.results = wiring.results();
    this.dying = wiring.dying();
    this.unused = wiring.unused();
  }

  final Site site() {
    return site;
  }

  abstract void execute(VirtualFrame frame, Device device);

  @ExplodeLoop
  final Tensor[] operands(VirtualFrame frame) {
    var tensors = new Tensor[operands.length];
    for (int i = 0; i < operands.length; i++) {
      tensors[i] = (Tensor) frame.getObject(operands[i]);
    }
    return tensors;
  }

  /** Writes and counts the results. */
  @ExplodeLoop
  final void hold(VirtualFrame frame, Device device, Tensor[] tensors) {
    for (int i = 0; i < results.length; i++) {
      frame.setObject(results[i], tensors[i]);
      device.memory().hold(tensors[i]);
    }
  }

  /** Writes a result that is counted already. */
  final void write(VirtualFrame frame, int result, Tensor tensor) {
    frame.setObject(results[result], tensor);
  }

  /** When the operands that die at the op are dropped. */
  enum Drop {
    /** After the results are counted. */
    LATE,
    /** Before: the op works in place. */
    EARLY
  }

  /** Writes the results and drops what dies here. */
  final void finish(VirtualFrame frame, Device device, Tensor[] tensors, Drop drop) {
    if (drop == Drop.EARLY) {
      dropOperands(frame, device);
      hold(frame, device, tensors);
    } else {
      hold(frame, device, tensors);
      dropOperands(frame, device);
    }
    dropUnused(frame, device);
  }

  /** Drops the operands of which this is the last use. */
  @ExplodeLoop
  final void dropOperands(VirtualFrame frame, Device device) {
    for (int slot : dying) {
      drop(frame, device, slot);
    }
  }

  /** Drops the results that nothing uses. */
  @ExplodeLoop
  final void dropUnused(VirtualFrame frame, Device device) {
    for (int slot : unused) {
      drop(frame, device, slot);
    }
  }

  static void drop(VirtualFrame frame, Device device, int slot) {
    device.memory().release((Tensor) frame.getObject(slot));
    frame.clear(slot);
  }
}
