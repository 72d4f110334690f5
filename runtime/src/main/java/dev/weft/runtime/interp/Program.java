package dev.weft.runtime.interp;

import com.oracle.truffle.api.RootCallTarget;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.kernel.Gemm;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

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
    return of(Module.of(function), function, Gemm.JAVA);
  }

  /** As {@link #of(Function)}, with a given matrix product. */
  public static Program of(Function function, Gemm gemm) {
    return of(Module.of(function), function, gemm);
  }

  /** The programs of all devices of a module; devices with one function share one program. */
  public static List<Program> ofDevices(Module module) {
    var programs = new HashMap<Function, Program>();
    return IntStream.range(0, module.mesh().devices())
        .mapToObj(module::program)
        .map(f -> programs.computeIfAbsent(f, _ -> of(module, f, Gemm.JAVA)))
        .toList();
  }

  private static Program of(Module module, Function function, Gemm gemm) {
    var translator = new Translator(module, gemm);
    return new Program(
        function, translator.translate(function.name(), Stretch.of(function.body())));
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
