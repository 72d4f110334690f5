package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Runs the gradients of one micro-batch as often as the plan says and puts the results together:
 * entries side by side, means averaged, sums added, gradients added in one packed vector.
 */
final class Accumulation {
  private static final String LABEL = "micro";

  private final Function grads;
  private final MicroBatching micro;
  private final Builder builder;
  private final TensorType flat;
  private final BatchPieces batch;
  private final MemorySpace home;
  private final List<Param> weights = new ArrayList<>();
  private final List<Param> data = new ArrayList<>();

  /**
   * A loop over micro-batches to be.
   *
   * @param shards among which the packed gradients are cut
   * @param home where weights lie between steps
   */
  Accumulation(
      Function grads,
      MicroBatching micro,
      BatchPieces batch,
      Builder builder,
      int shards,
      MemorySpace home) {
    this.grads = grads;
    this.micro = micro;
    this.batch = batch;
    this.home = home;
    this.builder = builder;
    this.flat = flatType(grads, shards);
  }

  /** The type of the packed gradients, padded to a multiple of the number of shards. */
  TensorType flatType() {
    return flat;
  }

  List<Param> declareWeights() {
    for (int i : grads.inputIndices(Port.Weight.class)) {
      var param = grads.body().params().get(i);
      var type = param.type().in(home);
      weights.add(builder.param(new Param(param.name(), type, param.sharding())));
    }
    return weights;
  }

  /** The inputs of the step: a device's part of the whole batch. */
  void declareData() {
    for (int i : grads.inputIndices(Port.Data.class)) {
      var param = grads.body().params().get(i);
      data.add(builder.param(new Param(param.name(), batch.whole(param.type()), param.sharding())));
    }
  }

  /**
   * Loss and outputs of the whole batch, and the packed sum of the gradients.
   *
   * @param scale of the loss, where it is scaled
   */
  Totals emit(Optional<Value> scale) {
    if (micro.count() == 1) {
      var map = new ValueMap();
      map.putAll(params(Port.Weight.class), taken());
      map.putAll(params(Port.Data.class), data);
      map.putAll(params(Port.State.class), scale.stream().toList());
      var yields = inline(builder, map);
      return new Totals(results(yields), pack(builder, gradients(yields)));
    }
    return combine(loop(scale));
  }

  record Totals(List<Value> results, Value flatGradient) {}

  /**
   * Carried: the gradient. Invariant: the weights, fetched beforehand where a micro-batch takes
   * them on the device; the scale of the loss, data without a batch axis. Stacked: the rest.
   */
  private Node loop(Optional<Value> scale) {
    var body = new Builder();
    var map = new ValueMap();
    var zero = builder.emit("zero", new Fill(0, flat));
    var sum = body.param("flat", flat);
    var operands = new ArrayList<Value>();
    operands.add(zero);
    var invariant = new ArrayList<Param>(params(Port.Weight.class));
    operands.addAll(taken());
    invariant.addAll(params(Port.State.class));
    scale.ifPresent(operands::add);
    var stacked = new ArrayList<Param>();
    var pieces = new ArrayList<Value>();
    var dataParams = params(Port.Data.class);
    for (int i = 0; i < dataParams.size(); i++) {
      if (batch.bearsBatch(dataParams.get(i).type())) {
        stacked.add(dataParams.get(i));
        pieces.add(batch.cut(data.get(i), dataParams.get(i).type(), builder));
      } else {
        invariant.add(dataParams.get(i));
        operands.add(data.get(i));
      }
    }
    operands.addAll(pieces);
    invariant.forEach(p -> map.put(p, body.param(p)));
    stacked.forEach(p -> map.put(p, body.param(p)));
    var yields = inline(body, map);
    var total = body.emit("flat", Binary.ADD, sum, pack(body, gradients(yields)));
    var all = new ArrayList<Value>();
    all.add(total);
    all.addAll(results(yields));
    var op = new Repeat(LABEL, batch.dim(), Direction.FORWARD, 1, invariant.size());
    var names = all.stream().map(Value::name).toList();
    var none = Collections.nCopies(names.size(), Optional.<Sharding>empty());
    return builder.node(names, op, operands, List.of(body.build(all)), none);
  }

  /** The weights in the memory in which a micro-batch takes them. */
  private List<Value> taken() {
    var taken = new ArrayList<Value>();
    var wanted = params(Port.Weight.class);
    for (int w = 0; w < weights.size(); w++) {
      taken.add(WeightsHome.moved(weights.get(w), wanted.get(w).type().space(), builder));
    }
    return taken;
  }

  private Totals combine(Node loop) {
    var gradient = loop.result(0);
    if (micro.roles().getFirst() == BatchRole.MEAN || micro.roles().getFirst() == BatchRole.FREE) {
      gradient = builder.emit("flat", Affine.scale(1.0 / micro.count()), gradient);
    }
    var results = new ArrayList<Value>();
    for (int i = 0; i < micro.roles().size(); i++) {
      var original = grads.body().yields().get(i);
      results.add(whole(loop.result(i + 1), micro.roles().get(i), original));
    }
    return new Totals(results, gradient);
  }

  private Value whole(Value pieces, BatchRole role, Value original) {
    return switch (role) {
      case MEAN, FREE -> reduced(ReduceFunction.MEAN, pieces, original);
      case SUM -> reduced(ReduceFunction.SUM, pieces, original);
      case ENTRY -> batch.join(pieces, original, builder);
      case MIXED -> throw new IllegalStateException("micro-batches of a mixed result");
    };
  }

  private Value reduced(ReduceFunction function, Value pieces, Value original) {
    var reduce = Reduce.over(function, List.of(batch.dim().axis()), pieces.type());
    return BatchPieces.laidAs(original, reduce, pieces, builder);
  }

  private List<Value> inline(Builder to, ValueMap map) {
    grads.body().nodes().forEach(n -> map.copy(n, to));
    return map.get(grads.body().yields());
  }

  private List<Value> results(List<Value> yields) {
    return yields.subList(0, yields.size() - weights.size());
  }

  private List<Value> gradients(List<Value> yields) {
    return yields.subList(yields.size() - weights.size(), yields.size());
  }

  private Value pack(Builder to, List<Value> gradients) {
    return to.emit("flat", new Pack(flat.dims().getFirst()), gradients.toArray(Value[]::new));
  }

  private List<Param> params(Class<? extends Port> kind) {
    return grads.inputIndices(kind).stream().map(grads.body().params()::get).toList();
  }

  private static TensorType flatType(Function grads, int shards) {
    var types =
        grads.outputIndices(Port.Gradient.class).stream()
            .map(i -> grads.body().yields().get(i).type())
            .toList();
    long elements = types.stream().mapToLong(TensorType::elements).sum();
    long padded = Math.ceilDiv(elements, shards) * shards;
    return TensorType.of(types.getFirst().dtype(), new Dim("flat", padded));
  }
}
