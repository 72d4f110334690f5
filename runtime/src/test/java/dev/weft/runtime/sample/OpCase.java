package dev.weft.runtime.sample;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An op and operands for it. */
public record OpCase(Op op, List<Tensor> operands) {
  public static OpCase of(Op op, Tensor... operands) {
    return new OpCase(op, List.of(operands));
  }

  /** A function that applies the op alone. */
  public Function function() {
    var builder = new Builder();
    return function(op.name(), builder, node(builder).results());
  }

  /** Emits the op on parameters. */
  public Node node(Builder builder) {
    var params = new ArrayList<Value>();
    for (int i = 0; i < operands.size(); i++) {
      params.add(builder.param("x" + i, operands.get(i).type()));
    }
    return builder.node("y", op, params, List.of());
  }

  /** A function of a builder's block, whose ports are data and outputs. */
  public static Function function(String name, Builder builder, List<Value> yields) {
    var body = builder.build(yields);
    var inputs = new ArrayList<Port>();
    for (int i = 0; i < body.params().size(); i++) {
      inputs.add(new Port.Data("x" + i, OptionalLong.empty(), OptionalInt.empty()));
    }
    var outputs = new ArrayList<Port>();
    for (int i = 0; i < yields.size(); i++) {
      outputs.add(new Port.Output("y" + i));
    }
    return new Function(name, inputs, body, outputs);
  }
}
