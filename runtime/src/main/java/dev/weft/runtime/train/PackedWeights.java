package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Pieces;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The weights of a step as its devices hold them: each device's pieces lie end to end in one
 * vector, in the order of the ports, so that packing them moves nothing.
 */
final class PackedWeights {
  private final Function step;
  private final Placement placement;
  private final List<Integer> weights;
  private final TensorType flat;

  PackedWeights(Function step, Placement placement) {
    this.step = step;
    this.placement = placement;
    this.weights = step.inputIndices(Port.Weight.class);
    this.flat = flatType();
  }

  int count() {
    return weights.size();
  }

  /** A device's pieces of whole weights, which are given by path. */
  List<Tensor> place(Map<String, Tensor> whole, int device) {
    return views(vector(whole, device));
  }

  /** A device's share of whole weights, as state of a given type. */
  Tensor share(Map<String, Tensor> whole, TensorType type, int device) {
    var vector = vector(whole, device);
    int size = Math.toIntExact(type.elements());
    if (size == vector.size()) {
      return Tensor.generate(type, vector::get);
    }
    if (consumed(weights.getFirst()).isPresent()) {
      var own = new double[size];
      fill(own, whole, i -> consumed(i).orElseThrow(), device);
      return Tensor.of(type, own);
    }
    int start = placement.mesh().coordinate(device, scatter(type).over()) * size;
    return Tensor.generate(type, i -> vector.get(start + i));
  }

  /** How the gradient of a weight lies, where the step yields one for each. */
  private Optional<Sharding> consumed(int weight) {
    var name = step.inputs().get(weight).name();
    return step.outputIndices(Port.Gradient.class).stream()
        .filter(i -> step.outputs().get(i).name().equals(name))
        .findFirst()
        .flatMap(i -> step.body().yields().get(i).sharding());
  }

  private Tensor vector(Map<String, Tensor> whole, int device) {
    var values = new double[Math.toIntExact(flat.elements())];
    fill(values, whole, i -> param(i).sharding().orElseThrow(), device);
    return Tensor.of(flat, values);
  }

  /** Lays a device's pieces of whole weights end to end. */
  private void fill(
      double[] vector, Map<String, Tensor> whole, IntFunction<Sharding> layout, int device) {
    int start = 0;
    for (int i : weights) {
      var rows = StackedRows.of((Port.Weight) step.inputs().get(i), whole);
      var piece = placement.piece(rows, layout.apply(i), device).toArray();
      System.arraycopy(piece, 0, vector, start, piece.length);
      start += piece.length;
    }
  }

  /**
   * What the devices of the step hold, put together.
   *
   * @param pieces by device, one for each weight
   * @param devices those that run the step
   */
  Map<Port.Weight, Tensor> whole(IntFunction<List<Tensor>> pieces, List<Integer> devices) {
    var whole = new LinkedHashMap<Port.Weight, Tensor>();
    for (int w = 0; w < weights.size(); w++) {
      int index = w;
      var sharding = param(weights.get(w)).sharding().orElseThrow();
      var port = (Port.Weight) step.inputs().get(weights.get(w));
      whole.put(
          port, placement.whole(d -> pieces.apply(d).get(index), sharding, devices.getFirst()));
    }
    return whole;
  }

  /** The names of the weights of whose pieces replicas differ. */
  List<String> divergences(
      IntFunction<List<Tensor>> pieces, Map<Port.Weight, Tensor> whole, List<Integer> devices) {
    var names = new ArrayList<String>();
    for (int w = 0; w < weights.size(); w++) {
      int index = w;
      var port = (Port.Weight) step.inputs().get(weights.get(w));
      var sharding = param(weights.get(w)).sharding().orElseThrow();
      var one = whole.get(port);
      if (one == null
          || !placement.agree(d -> pieces.apply(d).get(index), one, sharding, devices)) {
        names.add(port.name());
      }
    }
    return names;
  }

  /**
   * A device's gradients, one for each of its weights.
   *
   * @param shares by device, what its optimizer consumed: its share of the vector, or all of it
   */
  List<Tensor> gradients(IntFunction<Tensor> shares, int device) {
    var own = shares.apply(device);
    if (own.type().elements() == flat.elements()) {
      return views(own);
    }
    var scatter = scatter(own.type());
    var parts = placement.mesh().group(device, scatter.over()).stream().map(shares::apply).toList();
    return views(Pieces.join(parts, scatter.axis()));
  }

  /** The reduction that left each device its share. */
  private ReduceScatter scatter(TensorType share) {
    return step.body().nodes().stream()
        .filter(n -> n.op() instanceof ReduceScatter)
        .filter(n -> n.types().getFirst().dims().equals(share.dims()))
        .map(n -> (ReduceScatter) n.op())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no reduction gives " + share));
  }

  private List<Tensor> views(Tensor vector) {
    var views = new ArrayList<Tensor>();
    int start = 0;
    for (int i : weights) {
      var view = vector.view(param(i).type().in(vector.type().space()), start);
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
        .or(this::updatedType)
        .orElseGet(() -> unpadded(params));
  }

  /** The type of the vector of which the new weights are parts. */
  private Optional<TensorType> updatedType() {
    var fresh =
        step.outputIndices(Port.Weight.class).stream().map(step.body().yields()::get).toList();
    return step.body().nodes().stream()
        .filter(n -> n.op() instanceof Unpack && fresh.equals(n.results()))
        .map(n -> n.operand(0).type())
        .findFirst();
  }

  private static TensorType unpadded(List<Param> params) {
    long size = params.stream().mapToLong(p -> p.type().elements()).sum();
    return params.getFirst().type().withDims(List.of(new Dim("flat", size)));
  }
}
