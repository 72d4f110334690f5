package dev.weft.passes.autodiff;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Param;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
      var functions =
          module.properties().contains(Property.STAGED)
              ? stages(module.functions())
              : List.of(differentiate("grads", module.only(), Set.of()));
      return Checked.ok(module.withFunctions(functions).with(Property.DIFFERENTIATED));
    } catch (Refusal refusal) {
      return Checked.failed(
          Diagnostic.of(AutodiffCode.NOT_DIFFERENTIABLE, refusal.node().span(), refusal.reason()));
    }
  }

  /** From the last to the first: a stage receives the cotangents that later ones have. */
  private static List<Function> stages(List<Function> stages) {
    var known = new HashSet<String>();
    var made = new ArrayList<Function>();
    for (var stage : stages.reversed()) {
      var differentiated = differentiate(stage.name(), stage, known);
      differentiated
          .outputIndices(Port.Cotangent.class)
          .forEach(i -> known.add(differentiated.outputs().get(i).name()));
      made.addFirst(differentiated);
    }
    return made;
  }

  /**
   * Adds the backward program.
   *
   * @param known the activations whose cotangents later stages have
   */
  private static Function differentiate(String name, Function model, Set<String> known) {
    var body = model.body();
    var transpose = new BlockTranspose(body);
    var builder = new Builder();
    var map = new ValueMap();
    var inputs = new ArrayList<>(model.inputs());
    body.params().forEach(p -> map.put(p, builder.param(p)));

    var seeds = new LinkedHashMap<Param, Port>();
    for (int i = 0; i < model.outputs().size(); i++) {
      var port = model.outputs().get(i);
      boolean seeded = port instanceof Port.Loss || known.contains(port.name()) && isCrossing(port);
      if (seeded) {
        seeds.put(transpose.seed(body.yields().get(i)), port);
      }
    }
    transpose.run();

    transpose.emitForward(builder, map);
    seeds.forEach(
        (seed, port) -> {
          if (port instanceof Port.Loss) {
            map.put(seed, builder.emit("d_loss", new Fill(1, seed.type())));
          } else {
            map.put(seed, builder.param(seed.name(), seed.type()));
            inputs.add(new Port.Cotangent(port.name()));
          }
        });
    transpose.emitBackward(builder, map);

    var yields = new ArrayList<Value>(map.get(body.yields()));
    var outputs = new ArrayList<>(model.outputs());
    for (int i = 0; i < model.inputs().size(); i++) {
      var param = body.params().get(i);
      var cotangent = transpose.cotangent(param).map(map::get);
      var port = model.inputs().get(i);
      if (port instanceof Port.Weight) {
        yields.add(cotangent.orElseGet(() -> zero(builder, param)));
        outputs.add(new Port.Gradient(port.name()));
      } else if (port instanceof Port.Activation && cotangent.isPresent()) {
        yields.add(cotangent.get());
        outputs.add(new Port.Cotangent(port.name()));
      }
    }
    return new Function(name, inputs, builder.build(yields), outputs);
  }

  private static boolean isCrossing(Port port) {
    return port instanceof Port.Activation;
  }

  private static Value zero(Builder builder, Value like) {
    return builder.emit("d_" + like.name(), new Fill(0, like.type()));
  }
}
