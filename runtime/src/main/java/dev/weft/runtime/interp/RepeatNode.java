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

/**
 * Calls its body once for each iteration, in two parts: what runs ahead of the next iteration comes
 * before the rest of this one.
 */
final class RepeatNode extends OpNode {
  private static final Tensor[] NOTHING = {};

  private final Repeat op;
  private final int iterations;
  private final List<TensorType> paramTypes;
  private final List<TensorType> stackTypes;

  /** Slots of carried operands that die here and are no other operand. */
  private final int[] consumed;

  /** Slots of the other operands that die here. */
  private final int[] kept;

  @Child private DirectCallNode early;
  @Child private DirectCallNode rest;

  /**
   * @param early what runs ahead
   * @param rest the body from there on
   * @param paramTypes types of the body's parameters
   * @param stackTypes types of the stacked results
   */
  RepeatNode(
      Wiring wiring,
      Repeat op,
      RootCallTarget early,
      RootCallTarget rest,
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
    this.early = DirectCallNode.create(early);
    this.rest = DirectCallNode.create(rest);
  }

  @Override
  void execute(VirtualFrame frame, Device device) {
    var operands = operands(frame);
    device.arriveAt(site());
    var stacks = stacks(device);
    var carried = carried(frame, device, operands);
    var coming = ahead(device, operands, 0);
    for (int i = 0; i < iterations; i++) {
      var arrived = coming;
      coming = ahead(device, operands, i + 1);
      var yields = (Tensor[]) rest.call(arguments(device, operands, carried, arrived, slice(i)));
      stack(device, stacks, yields, slice(i));
      carried = yields;
    }
    finish(frame, carried, stacks);
    for (int slot : kept) {
      drop(frame, device, slot);
    }
    dropUnused(frame, device);
  }

  /** What an iteration gets from the part that runs ahead; nothing where there is no such one. */
  private Tensor[] ahead(Device device, Tensor[] operands, int iteration) {
    return op.ahead() > 0 && iteration < iterations
        ? (Tensor[]) early.call(shared(device, operands, slice(iteration)))
        : NOTHING;
  }

  /** The slice that an iteration takes. */
  private int slice(int iteration) {
    return op.direction() == Direction.FORWARD ? iteration : iterations - 1 - iteration;
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

  /** The device, the carried values, the other operands, and what has run ahead. */
  @TruffleBoundary
  private Object[] arguments(
      Device device, Tensor[] operands, Tensor[] carried, Tensor[] arrived, int slice) {
    var shared = shared(device, operands, slice);
    var arguments = new Object[operands.length + arrived.length + 1];
    arguments[0] = device;
    System.arraycopy(carried, 0, arguments, 1, op.carried());
    System.arraycopy(shared, 1, arguments, 1 + op.carried(), shared.length - 1);
    System.arraycopy(arrived, 0, arguments, 1 + operands.length, arrived.length);
    return arguments;
  }

  /** The device and the operands that are not carried, each held once for the callee. */
  @TruffleBoundary
  private Object[] shared(Device device, Tensor[] operands, int slice) {
    var arguments = new Object[operands.length - op.carried() + 1];
    arguments[0] = device;
    for (int i = op.carried(); i < operands.length; i++) {
      device.memory().hold(operands[i]);
      arguments[i - op.carried() + 1] =
          i < op.carried() + op.invariant()
              ? operands[i]
              : slice(operands[i], paramTypes.get(i), slice);
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
