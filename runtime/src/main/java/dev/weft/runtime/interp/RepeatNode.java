package dev.weft.runtime.interp;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Stacking;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Calls its body once for each iteration. */
final class RepeatNode extends OpNode {
  private final Repeat op;
  private final int iterations;
  private final List<TensorType> paramTypes;
  private final List<TensorType> stackTypes;

  /** Slots of carried operands that die here and are no other operand. */
  private final int[] consumed;

  /** Slots of the other operands that die here. */
  private final int[] kept;

  @Child private DirectCallNode body;

  /**
   * @param paramTypes types of the body's parameters
   * @param stackTypes types of the stacked results
   */
  RepeatNode(
      Wiring wiring,
      Repeat op,
      RootCallTarget body,
      List<TensorType> paramTypes,
      List<TensorType> stackTypes) {
    super(wiring);
    this.op = op;
    this.iterations = Math.toIntExact(op.axis().size());
    this.paramTypes = paramTypes;
    this.stackTypes = stackTypes;
    var others =
        Arrays.stream(wiring.operands()).skip(op.carried()).boxed().collect(Collectors.toSet());
    this.consumed = Arrays.stream(wiring.dying()).filter(v -> !others.contains(v)).toArray();
    this.kept = Arrays.stream(wiring.dying()).filter(others::contains).toArray();
    this.body = DirectCallNode.create(body);
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    var operands = operands(frame);
    device.arriveAt(site());
    var stacks = stacks(device);
    var carried = carried(frame, device, operands);
    for (int i = 0; i < iterations; i++) {
      int slice = op.direction() == Direction.FORWARD ? i : iterations - 1 - i;
      var yields = (Tensor[]) body.call(arguments(device, operands, carried, slice));
      stack(device, stacks, yields, slice);
      carried = yields;
    }
    finish(frame, carried, stacks);
    for (int slot : kept) {
      drop(frame, device, slot);
    }
    dropUnused(frame, device);
  }

  @TruffleBoundary
  private Stacking[] stacks(Device device) {
    var stacks = new Stacking[stackTypes.size()];
    for (int i = 0; i < stacks.length; i++) {
      stacks[i] = new Stacking(stackTypes.get(i));
      device.memory().hold(stacks[i].storage());
    }
    return stacks;
  }

  /** The carried operands, each held once for the first iteration. */
  private Tensor[] carried(VirtualFrame frame, Device device, Tensor[] operands) {
    var carried = new Tensor[op.carried()];
    for (int i = 0; i < carried.length; i++) {
      carried[i] = operands[i];
      device.memory().hold(carried[i]);
    }
    for (int slot : consumed) {
      drop(frame, device, slot);
    }
    return carried;
  }

  @TruffleBoundary
  private Object[] arguments(Device device, Tensor[] operands, Tensor[] carried, int slice) {
    var arguments = new Object[operands.length + 1];
    arguments[0] = device;
    for (int i = 0; i < operands.length; i++) {
      var argument = i < op.carried() ? carried[i] : operands[i];
      if (i >= op.carried()) {
        device.memory().hold(argument);
      }
      arguments[i + 1] =
          i < op.carried() + op.invariant() ? argument : slice(argument, paramTypes.get(i), slice);
    }
    return arguments;
  }

  private static Tensor slice(Tensor stack, TensorType type, int index) {
    return stack.view(type, index * Math.toIntExact(type.elements()));
  }

  @TruffleBoundary
  private void stack(Device device, Stacking[] stacks, Tensor[] yields, int slice) {
    for (int i = 0; i < stacks.length; i++) {
      var yield = yields[op.carried() + i];
      stacks[i].put(slice, yield);
      device.memory().release(yield);
    }
  }

  /** Writes the results, which are counted already. */
  private void finish(VirtualFrame frame, Tensor[] carried, Stacking[] stacks) {
    for (int i = 0; i < op.carried(); i++) {
      write(frame, i, carried[i]);
    }
    for (int i = 0; i < stacks.length; i++) {
      write(frame, op.carried() + i, stacks[i].seal());
    }
  }
}
