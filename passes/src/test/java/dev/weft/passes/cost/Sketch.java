package dev.weft.passes.cost;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Call;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A function of a test, written node by node; {@link #X} is 80 bytes. */
final class Sketch {
  static final TensorType X = vector(10);
  static final long BYTES = 80;

  final Builder b = new Builder();
  private final List<Port> inputs = new ArrayList<>();

  /** A vector of float64. */
  static TensorType vector(long size) {
    return TensorType.of(DType.F64, new Dim("a", size));
  }

  Param data(TensorType type) {
    return input(
        new Port.Data("x" + inputs.size(), OptionalLong.empty(), OptionalInt.empty()), type);
  }

  Param weight(TensorType type) {
    return input(new Port.Weight("w" + inputs.size(), new Init.Constant(0)), type);
  }

  Param input(Port port, TensorType type) {
    inputs.add(port);
    return b.param(port.name(), type);
  }

  /** The function of some yields, each an output of the model. */
  Function yielding(String name, Value... yields) {
    var outputs = new ArrayList<Port>();
    for (int i = 0; i < yields.length; i++) {
      outputs.add(new Port.Output("o" + i));
    }
    return yielding(name, outputs, List.of(yields));
  }

  Function yielding(String name, List<? extends Port> outputs, List<Value> yields) {
    return new Function(name, inputs, b.build(yields), List.copyOf(outputs));
  }

  /** The peak of the function of some yields, every input in a buffer of its own. */
  long peak(Value... yields) {
    var function = yielding("f", yields);
    return MemoryUse.ofFunction(Module.of(function), function).peakBytes();
  }

  /** Calls a function. */
  List<Value> call(Function callee, Value... operands) {
    return call(callee, Phase.FORWARD, operands);
  }

  List<Value> call(Function callee, Phase phase, Value... operands) {
    var types = callee.body().yields().stream().map(Value::type).toList();
    var op = new Call(callee.name(), 0, phase, 0, types);
    return b.node("c", op, List.of(operands), List.of()).results();
  }
}
