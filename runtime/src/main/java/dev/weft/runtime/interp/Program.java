package dev.weft.runtime.interp;

import com.oracle.truffle.api.RootCallTarget;
import dev.weft.ir.graph.Function;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.kernel.Gemm;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/**
 * A function of local types, translated for execution. Immutable: several devices may run it at
 * once.
 */
public final class Program {
  private final Function function;
  private final RootCallTarget target;

  private Program(Function function, RootCallTarget target) {
    this.function = function;
    this.target = target;
  }

  /**
   * Translates a function whose collectives are explicit.
   *
   * @throws IllegalArgumentException when it holds an op that lowering should have replaced
   */
  public static Program of(Function function) {
    return of(function, Gemm.JAVA);
  }

  /** As {@link #of(Function)}, with a given matrix product. */
  public static Program of(Function function, Gemm gemm) {
    return new Program(function, new Translator(gemm).translate(function.name(), function.body()));
  }

  public Function function() {
    return function;
  }

  /** Types of the inputs on each device. */
  public List<TensorType> inputTypes() {
    return function.body().params().stream().map(p -> p.type()).toList();
  }

  /**
   * Runs on one device.
   *
   * @param inputs one for each parameter; counted in the device's memory until their last use
   */
  public List<Tensor> run(Device device, List<Tensor> inputs) {
    var types = inputTypes();
    if (!inputs.stream().map(Tensor::type).toList().equals(types)) {
      throw new IllegalArgumentException(
          function.name()
              + " takes "
              + types
              + ", not "
              + inputs.stream().map(Tensor::type).toList());
    }
    var arguments = new Object[inputs.size() + 1];
    arguments[0] = device;
    for (int i = 0; i < inputs.size(); i++) {
      arguments[i + 1] = inputs.get(i);
      device.memory().hold(inputs.get(i));
    }
    return List.of((Tensor[]) target.call(arguments));
  }
}
