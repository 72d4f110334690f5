package dev.weft.passes.remat;

import dev.weft.ir.graph.Module;
import java.util.List;

/** What devices will need for what becomes of a module of gradients. */
public interface StepMemory {
  /**
   * The functions of a module by the devices that run them, as their places among its functions.
   * What becomes of one group changes the memory of no other's devices.
   */
  List<List<Integer>> groups(Module grads);

  /** The most bytes that a device of a group needs at once. */
  long peakBytes(Module grads, List<Integer> group);
}
