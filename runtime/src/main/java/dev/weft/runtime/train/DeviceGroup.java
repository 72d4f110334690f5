package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The devices that run one and the same step: all of them, or those of one place of a pipeline. */
final class DeviceGroup {
  private final Function step;
  private final List<Integer> devices;
  private final Placement placement;
  private final PackedWeights packed;

  private DeviceGroup(Function step, List<Integer> devices, Placement placement) {
    this.step = step;
    this.devices = devices;
    this.placement = placement;
    this.packed = new PackedWeights(step, placement);
  }

  /** The groups of a module, in the order of their first devices. */
  static List<DeviceGroup> of(Module module) {
    var members = new LinkedHashMap<Function, List<Integer>>();
    IntStream.range(0, module.mesh().devices())
        .forEach(d -> members.computeIfAbsent(module.program(d), _ -> new ArrayList<>()).add(d));
    var placement = new Placement(module.mesh());
    return members.entrySet().stream()
        .map(e -> new DeviceGroup(e.getKey(), List.copyOf(e.getValue()), placement))
        .toList();
  }

  List<Integer> devices() {
    return devices;
  }

  /** What a device holds before the first step: its pieces of the weights, and the state. */
  List<Tensor> initial(Map<String, Tensor> weights, int device) {
    var own = new ArrayList<>(packed.place(weights, device));
    step.inputIndices(Port.State.class)
        .forEach(i -> own.add(state((Port.State) step.inputs().get(i), type(i), weights, device)));
    return own;
  }

  private Tensor state(Port.State port, TensorType type, Map<String, Tensor> weights, int device) {
    return switch (port.start()) {
      case Port.Start.Constant(double value) -> Tensor.generate(type, _ -> value);
      case Port.Start.Weights _ -> packed.share(weights, type, device);
    };
  }

  /** What a device gives to a step. */
  List<Tensor> inputs(List<Tensor> held, Map<String, Tensor> batch, long number, int device) {
    var inputs = new ArrayList<>(held);
    for (int i = inputs.size(); i < step.inputs().size(); i++) {
      var port = step.inputs().get(i);
      if (port instanceof Port.Step) {
        inputs.add(Tensor.scalar(DType.I32, number));
      } else {
        var whole = batch.get(port.name());
        if (whole == null) {
          throw new IllegalArgumentException("the batch lacks " + port.name());
        }
        var sharding = step.body().params().get(i).sharding().orElseThrow();
        inputs.add(placement.piece(whole, sharding, device));
      }
    }
    return inputs;
  }

  /** What a device keeps of a step's results for the next one. */
  List<Tensor> kept(List<Tensor> outputs) {
    var own = new ArrayList<Tensor>();
    step.outputIndices(Port.Weight.class).forEach(i -> own.add(outputs.get(i)));
    step.outputIndices(Port.State.class).forEach(i -> own.add(outputs.get(i)));
    return own;
  }

  /** The weights of the group, from what each device holds. */
  Map<Port.Weight, Tensor> weights(IntFunction<List<Tensor>> held) {
    return packed.whole(d -> held.apply(d).subList(0, packed.count()), devices);
  }

  /** Loss and outputs of the group, whole; what replicas disagree on is added to a list. */
  Map<Port, Tensor> results(IntFunction<List<Tensor>> outputs, List<String> diverging) {
    var results = new LinkedHashMap<Port, Tensor>();
    for (int i = 0; i < step.outputs().size(); i++) {
      var port = step.outputs().get(i);
      if (port instanceof Port.Loss || port instanceof Port.Output) {
        results.put(port, result(i, outputs, diverging));
      }
    }
    return results;
  }

  private Tensor result(int output, IntFunction<List<Tensor>> outputs, List<String> diverging) {
    var value = step.body().yields().get(output);
    var sharding = value.sharding().orElse(Sharding.replicated(value.type().rank()));
    IntFunction<Tensor> pieces = d -> outputs.apply(d).get(output);
    var whole = placement.whole(pieces, sharding, devices.getFirst());
    if (!placement.agree(pieces, whole, sharding, devices)) {
      diverging.add(step.outputs().get(output).toString());
    }
    return whole;
  }

  /** The gradients of the group's weights. */
  Map<Port.Weight, Tensor> gradients(IntFunction<List<Tensor>> outputs, List<String> diverging) {
    var weights = new LinkedHashMap<String, Port.Weight>();
    step.inputs().stream()
        .flatMap(p -> p.asWeight().stream())
        .forEach(w -> weights.put(w.name(), w));
    var separate = new LinkedHashMap<Port.Weight, Tensor>();
    for (int i : step.outputIndices(Port.Gradient.class)) {
      var weight = weights.get(step.outputs().get(i).name());
      if (weight != null) {
        separate.put(weight, result(i, outputs, diverging));
      }
    }
    return separate.isEmpty() ? packed(outputs, diverging) : separate;
  }

  /** The gradients where one vector holds them all. */
  private Map<Port.Weight, Tensor> packed(
      IntFunction<List<Tensor>> outputs, List<String> diverging) {
    int gradient = step.output(Port.Gradient.class).orElseThrow();
    var pieces = new LinkedHashMap<Integer, List<Tensor>>();
    for (int device : devices) {
      pieces.put(device, packed.gradients(d -> outputs.apply(d).get(gradient), device));
    }
    IntFunction<List<Tensor>> byDevice = d -> pieces.getOrDefault(d, List.of());
    var whole = packed.whole(byDevice, devices);
    packed.divergences(byDevice, whole, devices).forEach(n -> diverging.add("gradient " + n));
    return whole;
  }

  private TensorType type(int input) {
    return step.body().params().get(input).type();
  }
}
