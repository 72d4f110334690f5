package dev.weft.passes.autodiff;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Fill;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Set;

/**
 * Adds the gradient of the loss by every weight.
 *
 * <p>The backward program stands after the forward one, in plain sight. A {@code repeat} stays a
 * region: its backward is a repeat in the other direction that reads what the forward one saved,
 * stacked.
 *
 * <pre>{@code
 * func @model(%w, %x) { … return loss %l }
 * func @grads(%w, %x) { … return loss %l, gradient("w") %d_w }
 * }</pre>
 */
public record Autodiff() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "autodiff",
        "adds the gradient of the loss by every weight",
        Set.of(),
        Set.of(Property.DIFFERENTIATED),
        Set.of(Property.DIFFERENTIATED, Property.SHARDED, Property.LOWERED));
  }

  @Override
  public Checked<Module> run(Module module) {
    try {
      var function = differentiate(module.only());
      return Checked.ok(module.withOnly(function).with(Property.DIFFERENTIATED));
    } catch (Refusal refusal) {
      return Checked.failed(
          Diagnostic.of(AutodiffCode.NOT_DIFFERENTIABLE, refusal.node().span(), refusal.reason()));
    }
  }

  private static Function differentiate(Function model) {
    int loss = model.output(Port.Loss.class).orElseThrow();
    var body = model.body();
    var transpose = new BlockTranspose(body);
    var seed = transpose.seed(body.yields().get(loss));
    transpose.run();

    var builder = new Builder();
    var map = new ValueMap();
    body.params().forEach(p -> map.put(p, builder.param(p)));
    transpose.emitForward(builder, map);
    map.put(seed, builder.emit("d_loss", new Fill(1, seed.type())));
    transpose.emitBackward(builder, map);

    var yields = new ArrayList<Value>(map.get(body.yields()));
    var outputs = new ArrayList<>(model.outputs());
    for (int i : model.inputIndices(Port.Weight.class)) {
      var weight = body.params().get(i);
      var cotangent = transpose.cotangent(weight).map(map::get);
      yields.add(cotangent.orElseGet(() -> zero(builder, weight)));
      outputs.add(new Port.Gradient(model.inputs().get(i).name()));
    }
    return new Function("grads", model.inputs(), builder.build(yields), outputs);
  }

  private static Value zero(Builder builder, Value like) {
    return builder.emit("d_" + like.name(), new Fill(0, like.type()));
  }
}
