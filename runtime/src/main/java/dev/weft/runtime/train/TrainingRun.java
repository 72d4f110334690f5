package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.grid.GridResult;
import dev.weft.runtime.grid.Traffic;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trains a lowered step on the grid, step by step; keeps weights and state on the devices. */
public final class TrainingRun {
  private final Function step;
  private final Mesh mesh;
  private final Program program;
  private final Grid grid;
  private final Placement placement;
  private final PackedWeights packed;
  private final List<List<Tensor>> held = new ArrayList<>();
  private final Map<String, Traffic> traffic = new TreeMap<>();
  private final List<Long> peakBytes;
  private long steps;

  /**
   * A run that begins with given weights and zero state.
   *
   * @param module a lowered training step
   * @param weights whole weights by path
   */
  public TrainingRun(Module module, Grid grid, Map<String, Tensor> weights) {
    this.step = module.only();
    this.mesh = module.mesh();
    this.grid = grid;
    this.program = Program.of(step);
    this.placement = new Placement(mesh);
    this.packed = new PackedWeights(step, mesh);
    this.peakBytes = new ArrayList<>(Collections.nCopies(mesh.devices(), 0L));
    for (int device = 0; device < mesh.devices(); device++) {
      var own = new ArrayList<>(packed.place(weights, device));
      step.inputIndices(Port.State.class).forEach(i -> own.add(Tensor.zeros(inputType(i))));
      held.add(own);
    }
  }

  /** Runs the next step on a whole batch. */
  public StepResult next(Map<String, Tensor> batch) {
    steps++;
    var inputs = new ArrayList<List<Tensor>>();
    for (int device = 0; device < mesh.devices(); device++) {
      inputs.add(inputs(batch, device));
    }
    var result = grid.run(program, inputs);
    keep(result);
    return read(result);
  }

  /** Bytes and calls of all devices and steps so far, by kind of collective, sorted. */
  public Map<String, Traffic> traffic() {
    return Collections.unmodifiableMap(traffic);
  }

  /** The most memory that each device has used at once. */
  public List<Long> peakMemoryBytes() {
    return List.copyOf(peakBytes);
  }

  /** The whole weights as they are now, by path. */
  public Map<String, Tensor> weights() {
    return packed.whole(held.stream().map(h -> h.subList(0, packed.count())).toList());
  }

  private List<Tensor> inputs(Map<String, Tensor> batch, int device) {
    var inputs = new ArrayList<>(held.get(device));
    for (int i = inputs.size(); i < step.inputs().size(); i++) {
      var port = step.inputs().get(i);
      if (port instanceof Port.Step) {
        inputs.add(Tensor.scalar(DType.I32, steps));
      } else {
        var sharding = step.body().params().get(i).sharding().orElseThrow();
        var whole = batch.get(port.name());
        if (whole == null) {
          throw new IllegalArgumentException("the batch lacks " + port.name());
        }
        inputs.add(placement.piece(whole, sharding, device));
      }
    }
    return inputs;
  }

  private void keep(GridResult result) {
    for (int device = 0; device < mesh.devices(); device++) {
      var one = result.devices().get(device);
      var own = new ArrayList<Tensor>();
      step.outputIndices(Port.Weight.class).forEach(i -> own.add(one.outputs().get(i)));
      step.outputIndices(Port.State.class).forEach(i -> own.add(one.outputs().get(i)));
      held.set(device, own);
      one.traffic().forEach((kind, t) -> traffic.merge(kind, t, Traffic::plus));
      peakBytes.set(device, Math.max(peakBytes.get(device), one.peakBytes()));
    }
  }

  private StepResult read(GridResult result) {
    var diverging = new ArrayList<String>();
    double loss = whole(result, step.output(Port.Loss.class).orElseThrow(), diverging).scalar();
    var outputs = new LinkedHashMap<String, Tensor>();
    for (int i : step.outputIndices(Port.Output.class)) {
      outputs.put(step.outputs().get(i).name(), whole(result, i, diverging));
    }
    int gradient = step.output(Port.Gradient.class).orElseThrow();
    var pieces = packed.gradients(gradient, result.output(gradient));
    var gradients = packed.whole(pieces);
    packed.divergence(pieces, gradients).ifPresent(name -> diverging.add("gradient " + name));
    return new StepResult(loss, outputs, gradients, diverging.stream().findFirst());
  }

  private Tensor whole(GridResult result, int output, List<String> diverging) {
    var value = step.body().yields().get(output);
    var sharding = value.sharding().orElse(Sharding.replicated(value.type().rank()));
    var pieces = result.output(output);
    var whole = placement.whole(pieces, sharding);
    if (!placement.agree(pieces, whole, sharding)) {
      diverging.add("output " + step.outputs().get(output).name());
    }
    return whole;
  }

  private TensorType inputType(int input) {
    return step.body().params().get(input).type();
  }
}
