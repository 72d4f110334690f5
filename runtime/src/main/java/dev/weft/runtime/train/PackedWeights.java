package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Pieces;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The weights of a step as its devices hold them: each device's pieces lie end to end in one
 * vector, in the order of the ports, so that packing them moves nothing.
 */
final class PackedWeights {
  private final Function step;
  private final Placement placement;
  private final Mesh mesh;
  private final List<Integer> weights;
  private final TensorType flat;

  PackedWeights(Function step, Mesh mesh) {
    this.step = step;
    this.mesh = mesh;
    this.placement = new Placement(mesh);
    this.weights = step.inputIndices(Port.Weight.class);
    this.flat = flatType();
  }

  int count() {
    return weights.size();
  }

  /** A device's pieces of whole weights. */
  List<Tensor> place(Map<String, Tensor> whole, int device) {
    var values = new double[Math.toIntExact(flat.elements())];
    int start = 0;
    for (int i : weights) {
      var weight = whole.get(step.inputs().get(i).name());
      if (weight == null) {
        throw new IllegalArgumentException("no weight " + step.inputs().get(i).name());
      }
      var piece = placement.piece(weight, param(i).sharding().orElseThrow(), device).toArray();
      System.arraycopy(piece, 0, values, start, piece.length);
      start += piece.length;
    }
    return views(Tensor.of(flat, values));
  }

  /** Whole weights by path, from every device's pieces. */
  Map<String, Tensor> whole(List<List<Tensor>> pieces) {
    var whole = new LinkedHashMap<String, Tensor>();
    for (int w = 0; w < weights.size(); w++) {
      int index = w;
      var sharding = param(weights.get(w)).sharding().orElseThrow();
      var parts = pieces.stream().map(p -> p.get(index)).toList();
      whole.put(step.inputs().get(weights.get(w)).name(), placement.whole(parts, sharding));
    }
    return whole;
  }

  /**
   * Every device's gradients, one for each of its weights.
   *
   * @param output the port of the packed gradient
   * @param shares what each device's optimizer consumed: its share of the vector, or all of it
   */
  List<List<Tensor>> gradients(int output, List<Tensor> shares) {
    var vectors = new ArrayList<List<Tensor>>();
    for (int device = 0; device < mesh.devices(); device++) {
      vectors.add(views(vector(output, shares, device)));
    }
    return vectors;
  }

  /** A weight of whose pieces replicas differ, if there is one. */
  Optional<String> divergence(List<List<Tensor>> pieces, Map<String, Tensor> whole) {
    for (int w = 0; w < weights.size(); w++) {
      int index = w;
      var name = step.inputs().get(weights.get(w)).name();
      var sharding = param(weights.get(w)).sharding().orElseThrow();
      var parts = pieces.stream().map(p -> p.get(index)).toList();
      if (!placement.agree(parts, Objects.requireNonNull(whole.get(name)), sharding)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private Tensor vector(int output, List<Tensor> shares, int device) {
    if (step.body().yields().get(output) instanceof Result(var node, var index)
        && node.op() instanceof ReduceScatter scatter) {
      var parts = mesh.group(device, scatter.over()).stream().map(shares::get).toList();
      return Pieces.join(parts, scatter.axis());
    }
    return shares.get(device);
  }

  private List<Tensor> views(Tensor vector) {
    var views = new ArrayList<Tensor>();
    int start = 0;
    for (int i : weights) {
      var view = vector.view(param(i).type(), start);
      views.add(view);
      start += view.size();
    }
    return views;
  }

  private Param param(int input) {
    return step.body().params().get(input);
  }

  /** The type of the vector into which the step itself packs its weights. */
  private TensorType flatType() {
    var params = weights.stream().map(this::param).toList();
    return step.body().nodes().stream()
        .filter(n -> n.op() instanceof Pack && n.operands().equals(params))
        .map(n -> n.types().getFirst())
        .findFirst()
        .orElseGet(() -> unpadded(params));
  }

  private static TensorType unpadded(List<Param> params) {
    long size = params.stream().mapToLong(p -> p.type().elements()).sum();
    return TensorType.of(params.getFirst().type().dtype(), new Dim("flat", size));
  }
}
