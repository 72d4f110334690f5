package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * How the packed gradients of a device come together with those of replicas.
 *
 * @param weights as the device holds them
 * @param pieces what it updates of each
 * @param made each weight's gradient as it is made: its type and layout
 */
record GradientReduction(
    Plan plan,
    ReductionForm form,
    List<Param> weights,
    List<Param> pieces,
    List<Value> made,
    Builder builder) {
  private static final String FLAT = "flat";

  /** The sum of packed gradients; where each replica has a share, that. */
  Value of(Value gradient) {
    return switch (form) {
      case BY_WEIGHT -> reducedByWeight(gradient);
      case WHOLE -> summed("grad", gradient, sharding().all());
      case AS_MADE -> summed("grad", gradient, sharding().replicas());
      case PACKED_SHARES -> {
        var over = several(sharding().over());
        var scatter = new ReduceScatter(FLAT, Combine.SUM, over, plan.mesh().size(over));
        yield summed("grad", builder.emit("grad", scatter, gradient), sharding().replicas());
      }
    };
  }

  private Value summed(String name, Value value, List<String> axes) {
    var over = several(axes);
    return over.isEmpty()
        ? value
        : builder.emit(name, new AllReduce(Combine.SUM, over, plan.mesh().size(over)), value);
  }

  /** Each weight's gradient over the replicas that hold the same piece of it. */
  private Value reducedByWeight(Value gradient) {
    var types = made.stream().map(Value::type).toList();
    var names = weights.stream().map(w -> "d_" + w.name()).toList();
    var layouts = made.stream().map(Value::sharding).toList();
    var parts = builder.node(names, new Unpack(types), List.of(gradient), List.of(), layouts);
    var sums = new ArrayList<Value>();
    for (int w = 0; w < weights.size(); w++) {
      sums.add(reduced(parts.result(w), weights.get(w), pieces.get(w)));
    }
    long elements = sums.stream().mapToLong(s -> s.type().elements()).sum();
    var pack = new Pack(new Dim(FLAT, elements));
    return builder.emit("grad", pack, sums.toArray(Value[]::new));
  }

  private Value reduced(Value gradient, Param weight, Param piece) {
    var open = gradient.sharding().orElseThrow().partial();
    var rest = sharding().all().stream().filter(open::contains).toList();
    var from = weight.sharding().orElseThrow();
    var to = piece.sharding().orElseThrow();
    for (int d = 0; d < from.dims().size(); d++) {
      var added = SharedWeights.added(from, to, d);
      if (!added.isEmpty()) {
        var axis = weight.type().dims().get(d).axis();
        var scatter = new ReduceScatter(axis, Combine.SUM, added, plan.mesh().size(added));
        var sum = builder.emit(gradient.name(), scatter, gradient);
        return summed(gradient.name(), sum, rest.stream().filter(a -> !added.contains(a)).toList());
      }
    }
    return summed(gradient.name(), gradient, rest);
  }

  private List<String> several(List<String> axes) {
    return axes.stream().filter(axis -> plan.mesh().size(axis) > 1).toList();
  }

  private OptimizerSharding sharding() {
    return plan.optimizerSharding();
  }
}
