package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The gradients of one device of a pipeline: summed over the micro-batches, one packed vector for
 * each stage; then over the stages and devices that share a weight; then one vector of all.
 */
final class StageGradients {
  private static final String FLAT = "flat";

  private final PipelinedStep step;
  private final List<Function> stages;
  private final int device;
  private final Builder builder;
  private final Map<Integer, Value> sums = new TreeMap<>();

  StageGradients(PipelinedStep step, List<Function> stages, int device, Builder builder) {
    this.step = step;
    this.stages = stages;
    this.device = device;
    this.builder = builder;
  }

  /** The stages of this device, in the order of the model. */
  List<Function> ownStages() {
    return ownIndices().stream().map(stages::get).toList();
  }

  /** The weights of this device among those of the model. */
  Holdings holdings() {
    var places = step.pipeline().stages().stream().map(s -> s.device()).toList();
    return Holdings.ofPlace(stages, places, device, step.pipeline().over());
  }

  /**
   * How the gradients of replicas come together: at every place alike, also where its own weights
   * are cut by nothing, since all places sum their norms together.
   */
  ReductionForm form() {
    return ReductionForm.of(step.plan(), holdings().cutting(List.of()));
  }

  /** Adds the packed gradient of a stage's micro-batch. */
  void add(int stage, Value gradient) {
    var sum = sums.get(stage);
    sums.put(stage, sum == null ? gradient : builder.emit(FLAT, Binary.ADD, sum, gradient));
  }

  /** The type of the packed vector of all weights of the device. */
  TensorType flatType() {
    var types = made().stream().map(Value::type).toList();
    long elements = types.stream().mapToLong(TensorType::elements).sum();
    int shards = form().shards(step.plan());
    long padded = Math.ceilDiv(elements, shards) * shards;
    return TensorType.of(step.weightType(stages), new Dim(FLAT, padded));
  }

  /** The packed gradient of the device's weights by the loss of the whole batch. */
  Value total() {
    var flat = flatType();
    var gradients = shared(own());
    if (gradients.isEmpty()) {
      return builder.emit("zero", new Fill(0, flat));
    }
    var operands = gradients.values().toArray(Value[]::new);
    var packed = builder.emit(FLAT, new Pack(flat.dims().getFirst()), operands);
    var role = step.micro().roles().getFirst();
    boolean mean = role == BatchRole.MEAN || role == BatchRole.FREE;
    int count = step.micro().count();
    return mean && count > 1 ? builder.emit(FLAT, Affine.scale(1.0 / count), packed) : packed;
  }

  /** By weight: the sum over this device's stages. */
  private Map<String, Value> own() {
    var gradients = new LinkedHashMap<String, Value>();
    for (int s : ownIndices()) {
      var weights = StagePhases.weights(stages.get(s));
      var sum = sums.get(s);
      if (sum != null) {
        var types = ofStage(stages.get(s)).stream().map(Value::type).toList();
        var unpacked = builder.node("d", new Unpack(types), List.of(sum), List.of());
        for (int w = 0; w < weights.size(); w++) {
          gradients.merge(
              weights.get(w).name(),
              unpacked.result(w),
              (a, b) -> builder.emit(a.name(), Binary.ADD, a, b));
        }
      }
    }
    return gradients;
  }

  /** Sums over the other devices that hold the same weights. */
  private Map<String, Value> shared(Map<String, Value> own) {
    var members = new TreeMap<String, TreeSet<Integer>>();
    for (int s = 0; s < stages.size(); s++) {
      for (var weight : StagePhases.weights(stages.get(s))) {
        int at = step.pipeline().stages().get(s).device();
        members.computeIfAbsent(weight.name(), _ -> new TreeSet<>()).add(at);
      }
    }
    members.forEach(
        (name, devices) -> {
          if (devices.size() > 1 && devices.contains(device)) {
            var sum = new SharedSum(step.pipeline().over(), List.copyOf(devices));
            own.computeIfPresent(
                name, (_, gradient) -> builder.emit(gradient.name(), sum, gradient));
          }
        });
    return own;
  }

  /** The gradient of each weight of the device as it is made, in the order of the weights. */
  List<Value> made() {
    var made = new LinkedHashMap<String, Value>();
    for (var stage : ownStages()) {
      var weights = StagePhases.weights(stage);
      for (int w = 0; w < weights.size(); w++) {
        made.putIfAbsent(weights.get(w).name(), ofStage(stage).get(w));
      }
    }
    return List.copyOf(made.values());
  }

  private static List<Value> ofStage(Function stage) {
    return stage.outputIndices(Port.Gradient.class).stream()
        .map(stage.body().yields()::get)
        .toList();
  }

  private List<Integer> ownIndices() {
    return IntStream.range(0, stages.size())
        .filter(s -> step.pipeline().stages().get(s).device() == device)
        .boxed()
        .toList();
  }
}
