package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layouts of a function's parameters and results, and the sweep between them. */
record FunctionSharding(Plan plan, Seeds seeds, Borders borders, WeightStorage storage) {
  Function shard(Function function) {
    var body = function.body();
    var sweep = new BlockSharding(plan, seeds);
    sweep.forwardEndsBefore(firstOfBackward(function));
    gradientLayouts(function).forEach(sweep::want);
    for (int i = 0; i < body.params().size(); i++) {
      var port = function.inputs().get(i);
      var param = body.params().get(i);
      var use = input(port, param);
      if (port instanceof Port.Weight && storage.spreadsWeights()) {
        sweep.stored(param, storage.share(param.type(), use), use);
      } else {
        sweep.param(param, use);
      }
    }
    sweep.sweep(body);
    var yields = new ArrayList<Value>();
    for (int i = 0; i < function.outputs().size(); i++) {
      yields.add(output(function, i, sweep.layouts()));
    }
    return new Function(
        function.name(), function.inputs(), sweep.build(yields), function.outputs());
  }

  /** What comes from another stage lies as the carried values of a repeat do. */
  private Sharding input(Port port, Param param) {
    return switch (port) {
      case Port.Activation _, Port.Cotangent _ -> borders.of(port);
      default -> seeds.ofInput(param.type());
    };
  }

  private Value output(Function function, int index, Layouts layouts) {
    var value = function.body().yields().get(index);
    return switch (function.outputs().get(index)) {
      case Port.Gradient gradient -> gradient(weight(function, gradient), value, layouts);
      case Port.Loss loss -> layouts.in(value, Sharding.replicated(value.type().rank()));
      case Port.Output output -> layouts.settled(value, List.of());
      case Port.Weight weight -> layouts.in(value, seeds.ofInput(value.type()));
      case Port.Data data -> layouts.settled(value, List.of());
      case Port.State state -> layouts.settled(value, List.of());
      case Port.Activation _, Port.Cotangent _ ->
          layouts.in(value, borders.of(function.outputs().get(index)));
      case Port.Saved saved -> layouts.settled(value, List.of());
      case Port.Step step -> layouts.settled(value, List.of());
    };
  }

  /**
   * A gradient lies as its weight does, but is still a sum over the replicas among which the
   * optimizer's reduction will take place. Where the replicas hold the same gradient, each puts in
   * its share.
   */
  private Value gradient(Param weight, Value value, Layouts layouts) {
    return layouts.in(value, gradientLayout(weight));
  }

  private Sharding gradientLayout(Param weight) {
    var sharding = plan.optimizerSharding();
    var use = seeds.ofInput(weight.type());
    var target = storage.spreadsGradients() ? storage.share(weight.type(), use) : use;
    var later = storage.spreadsGradients() ? sharding.replicas() : sharding.all();
    var open =
        later.stream()
            .filter(a -> plan.mesh().size(a) > 1 && !target.cutting().contains(a))
            .toList();
    return target.withPartial(open, Combine.SUM);
  }

  /** Results of repeats that are gradients: each iteration makes its slice in the final layout. */
  private Map<Value, Sharding> gradientLayouts(Function function) {
    var layouts = new LinkedHashMap<Value, Sharding>();
    if (storage.spreadsGradients()) {
      for (int i : function.outputIndices(Port.Gradient.class)) {
        var port = (Port.Gradient) function.outputs().get(i);
        layouts.put(function.body().yields().get(i), gradientLayout(weight(function, port)));
      }
    }
    return layouts;
  }

  private static Optional<Node> firstOfBackward(Function function) {
    var forward = function.forwardNodes();
    return function.body().nodes().stream().filter(n -> !forward.contains(n)).findFirst();
  }

  private static Param weight(Function function, Port.Gradient gradient) {
    for (int i : function.inputIndices(Port.Weight.class)) {
      if (function.inputs().get(i).name().equals(gradient.name())) {
        return function.body().params().get(i);
      }
    }
    throw new IllegalStateException("no weight " + gradient.name());
  }
}
