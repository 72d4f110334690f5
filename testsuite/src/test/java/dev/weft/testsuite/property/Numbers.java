package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Random;

/** Random weights and batches for a model, by the name of the port. */
final class Numbers {
  private Numbers() {}

  static Named weights(Function model, long seed) {
    var values = new Named();
    for (int i : model.inputIndices(Port.Weight.class)) {
      var name = model.inputs().get(i).name();
      var random = new Random(seed * 1000 + name.hashCode());
      values.put(name, normal(model.body().params().get(i).type(), 0.7, random));
    }
    return values;
  }

  static Named batch(Function model, long seed, int step) {
    var values = new Named();
    for (int i : model.inputIndices(Port.Data.class)) {
      var port = (Port.Data) model.inputs().get(i);
      var type = model.body().params().get(i).type();
      var random = new Random((seed * 100 + step) * 1000 + port.name().hashCode());
      values.put(port.name(), data(port, type, random));
    }
    return values;
  }

  private static Tensor data(Port.Data port, TensorType type, Random random) {
    return switch (port.feed()) {
      case Port.Feed.Positions _ -> Tensor.generate(type, i -> i);
      case Port.Feed.StepKey _ -> Tensor.generate(type, _ -> random.nextInt());
      case Port.Feed.Synthetic _, Port.Feed.Text _ ->
          type.dtype() == DType.I32 ? ints(type, port, random) : normal(type, 1, random);
    };
  }

  private static Tensor normal(TensorType type, double deviation, Random random) {
    return Tensor.generate(type, i -> deviation * random.nextGaussian());
  }

  private static Tensor ints(TensorType type, Port.Data port, Random random) {
    int bound = (int) port.bound().orElseThrow();
    return Tensor.generate(type, i -> random.nextInt(bound));
  }
}
