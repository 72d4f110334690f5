package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.ScaleGradient;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets every gradient be that of the loss times a scale, which becomes an input; the loss itself
 * stays as it is.
 *
 * <pre>{@code
 * func @model(%w, %x) { … return loss %l }
 * func @model(%w, %x, %scale) { … %l2 = scale_gradient %l, %scale  return loss %l2 }
 * }</pre>
 */
public record ScaleLoss() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "scale-loss",
        "lets gradients be those of the loss times a scale",
        Set.of(),
        Set.of(),
        Set.of());
  }

  @Override
  public Checked<Module> run(Module module) {
    return Checked.ok(module.withOnly(scaled(module.only())));
  }

  /** What is wrong where an optimizer wants gradients of a scaled loss, and they are not. */
  static Optional<Diagnostic> missing(OptimizerSpec optimizer, List<Function> grads) {
    if (optimizer.rules().lossScale().isEmpty()
        || grads.stream().anyMatch(f -> !f.inputIndices(Port.State.class).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.of(
            OptimizerCode.LOSS_NOT_SCALED,
            Span.NONE,
            "the function @" + grads.getLast().name() + " has no input for the scale of the loss"));
  }

  private static Function scaled(Function model) {
    int loss = model.output(Port.Loss.class).orElseThrow();
    var type = model.body().yields().get(loss).type();
    var builder = new Builder();
    var map = new ValueMap();
    model.body().params().forEach(p -> map.put(p, builder.param(p)));
    var scale =
        builder.param(UpdateState.SCALE, TensorType.scalar(UpdateState.precision(type.dtype())));
    model.body().nodes().forEach(n -> map.copy(n, builder));
    var yields = new ArrayList<Value>(map.get(model.body().yields()));
    yields.set(loss, builder.emit("scaled", new ScaleGradient(), yields.get(loss), scale));
    var inputs = new ArrayList<>(model.inputs());
    inputs.add(new Port.State(UpdateState.SCALE));
    return new Function(model.name(), inputs, builder.build(yields), model.outputs());
  }
}
