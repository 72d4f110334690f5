package dev.weft.runtime.interp;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Primitive;
import dev.weft.runtime.kernel.Gemm;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Makes a callable of straight-line code: a frame slot for each value, a node for each op. */
final class Translator {
  private final Module module;
  private final NodeChoice choice;
  private final Map<String, RootCallTarget> callees = new HashMap<>();

  /**
   * For the functions of a module.
   *
   * @param module where callees are found
   */
  Translator(Module module, Gemm gemm) {
    this.module = module;
    this.choice = new NodeChoice(this, gemm);
  }

  /** A call of another function of the module. */
  OpNode call(Wiring wiring, Call op) {
    var callee = callees.get(op.callee());
    if (callee == null) {
      var function = module.function(op.callee());
      callee = translate(function.name(), Stretch.of(function.body()));
      callees.put(op.callee(), callee);
    }
    return new CallNode(wiring, callee);
  }

  RootCallTarget translate(String name, Stretch code) {
    var flat = Expansion.of(code);
    var slots = slots(flat);
    var lifetimes = new Lifetimes(flat);
    var body = flat.nodes().stream().map(n -> node(n, slots, lifetimes)).toArray(OpNode[]::new);
    var frame = FrameDescriptor.newBuilder();
    frame.addSlots(slots.size(), FrameSlotKind.Object);
    return new BlockNode(
            frame.build(),
            name,
            flat.inputs().size(),
            of(lifetimes.unused(flat.inputs()), slots),
            body,
            of(flat.outputs(), slots))
        .getCallTarget();
  }

  private static Map<Value, Integer> slots(Stretch code) {
    var slots = new HashMap<Value, Integer>();
    code.inputs().forEach(input -> slots.put(input, slots.size()));
    code.nodes().forEach(n -> n.results().forEach(result -> slots.put(result, slots.size())));
    return slots;
  }

  private OpNode node(Node node, Map<Value, Integer> slots, Lifetimes lifetimes) {
    if (!(node.op() instanceof Primitive op)) {
      throw new IllegalArgumentException(node.op().name() + " is neither primitive nor composite");
    }
    var wiring =
        new Wiring(
            Site.of(node, op),
            of(node.operands(), slots),
            of(node.results(), slots),
            of(lifetimes.dyingAt(node), slots),
            of(lifetimes.unused(node.results()), slots));
    return choice.of(op, node, wiring);
  }

  private static int[] of(Collection<? extends Value> values, Map<Value, Integer> slots) {
    return values.stream().mapToInt(v -> Objects.requireNonNull(slots.get(v))).toArray();
  }
}
