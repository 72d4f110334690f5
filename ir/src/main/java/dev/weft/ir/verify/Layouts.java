package dev.weft.ir.verify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.TensorType;

/**
 * Each layout fits its value and the mesh. In a sharded module every value has one; once lowered,
 * those at the border of the function remain, to say where a piece lies in the whole.
 */
final class Layouts {
  private final Module module;
  private final Findings findings;
  private final boolean lowered;
  private final boolean sharded;

  private Layouts(Module module, Findings findings) {
    this.module = module;
    this.findings = findings;
    this.lowered = module.properties().contains(Property.LOWERED);
    this.sharded = module.properties().contains(Property.SHARDED);
  }

  static void check(Module module, Function function, Findings findings) {
    var layouts = new Layouts(module, findings);
    layouts.border(function);
    layouts.block(function.body());
  }

  /** Optimizer state, packed gradients and scalars of a step are a device's own. */
  private void border(Function function) {
    if (!sharded || !lowered) {
      return;
    }
    for (int i = 0; i < function.inputs().size(); i++) {
      requireLayout(function.inputs().get(i), function.body().params().get(i));
    }
    for (int i = 0; i < function.outputs().size(); i++) {
      requireLayout(function.outputs().get(i), function.body().yields().get(i));
    }
  }

  private void requireLayout(Port port, Value value) {
    switch (port) {
      case Port.Weight weight -> requireLayout(value);
      case Port.Data data -> requireLayout(value);
      case Port.Output output -> requireLayout(value);
      case Port.Loss loss -> {}
      case Port.State state -> {}
      case Port.Step step -> {}
      case Port.Gradient gradient -> {}
      case Port.Activation activation -> requireLayout(value);
      case Port.Cotangent cotangent -> requireLayout(value);
      case Port.Saved saved -> {}
    }
  }

  private void block(Block block) {
    block.params().forEach(param -> value(param, Span.NONE));
    for (var node : block.nodes()) {
      node.results().forEach(result -> value(result, node.span()));
      target(node);
      node.bodies().forEach(this::block);
    }
  }

  private void value(Value value, Span span) {
    if (sharded && !lowered) {
      requireLayout(value);
    }
    value.sharding().ifPresent(sharding -> layout(value, sharding, span));
  }

  private void requireLayout(Value value) {
    if (value.sharding().isEmpty()) {
      findings.report(
          VerifyCode.NO_LAYOUT, value, Span.NONE, "the module is sharded, this value is not");
    }
  }

  private void target(Node node) {
    if (node.op() instanceof Reshard(Sharding target)
        && !node.shardings().getFirst().map(target::equals).orElse(true)) {
      findings.report(
          VerifyCode.FACTOR_LAYOUT,
          node,
          "the result lies as " + node.shardings().getFirst().get() + ", not as the target says");
    }
  }

  private void layout(Value value, Sharding sharding, Span span) {
    for (var axis : sharding.axes()) {
      if (module.mesh().find(axis).isEmpty()) {
        findings.report(
            VerifyCode.UNKNOWN_MESH_AXIS,
            value,
            span,
            "`" + axis + "` is not in the mesh " + module.mesh());
      }
    }
    if (sharding.dims().size() != value.type().rank()) {
      findings.report(
          VerifyCode.LAYOUT_RANK, value, span, sharding + " does not fit " + value.type());
    } else if (!lowered) {
      divisible(value, value.type(), sharding, span);
    }
  }

  private void divisible(Value value, TensorType type, Sharding sharding, Span span) {
    for (int i = 0; i < type.rank(); i++) {
      int parts = module.mesh().size(sharding.dims().get(i));
      if (type.dims().get(i).size() % parts != 0) {
        findings.report(
            VerifyCode.INDIVISIBLE,
            value,
            span,
            type.dims().get(i) + " is not divisible into " + parts + " pieces");
      }
    }
  }
}
