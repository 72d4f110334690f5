package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights with which training begins. */
public final class Weights {
  private Weights() {}

  /**
   * Whole weights by path.
   *
   * @param whole a function on whole tensors
   */
  public static Map<String, Tensor> initial(Function whole, long seed) {
    var weights = new LinkedHashMap<String, Tensor>();
    for (int i : whole.inputIndices(Port.Weight.class)) {
      var port = (Port.Weight) whole.inputs().get(i);
      weights.put(port.name(), initial(port, whole.body().params().get(i).type(), seed));
    }
    return weights;
  }

  private static Tensor initial(Port.Weight port, TensorType type, long seed) {
    var randoms = new Randoms(seed, port.name());
    return switch (port.init()) {
      case Init.Normal(var std) -> Tensor.generate(type, i -> std * randoms.normal(i));
      case Init.Uniform(var limit) ->
          Tensor.generate(type, i -> limit * (2 * randoms.uniform(i) - 1));
      case Init.Constant(var value) -> Tensor.generate(type, i -> value);
    };
  }
}
