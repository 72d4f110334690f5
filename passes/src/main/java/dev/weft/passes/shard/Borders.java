package dev.weft.passes.shard;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the values lie that cross from one pipeline stage to others. Each stage would have them as
 * its own rules say; what crosses is the smallest of these pieces, and whoever needs it otherwise
 * moves it within the stage.
 */
final class Borders {
  private final Mesh mesh;
  private final Map<String, Sharding> layouts = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();

  private Borders(Mesh mesh) {
    this.mesh = mesh;
  }

  /**
   * The borders of a module.
   *
   * @param plans the plan as each function sees it
   */
  static Borders of(Module module, List<Plan> plans) {
    var borders = new Borders(plans.getFirst().mesh());
    for (int f = 0; f < module.functions().size(); f++) {
      borders.offers(module.functions().get(f), new Seeds(plans.get(f)));
    }
    return borders;
  }

  /** The layout of an activation and of its cotangent. */
  Sharding of(Port port) {
    var layout = layouts.get(port.name());
    if (layout == null) {
      throw new IllegalStateException("no stage makes " + port);
    }
    return layout;
  }

  private void offers(Function function, Seeds seeds) {
    for (int i = 0; i < function.inputs().size(); i++) {
      offer(function.inputs().get(i), function.body().params().get(i), seeds);
    }
    for (int i = 0; i < function.outputs().size(); i++) {
      offer(function.outputs().get(i), function.body().yields().get(i), seeds);
    }
  }

  private void offer(Port port, Value value, Seeds seeds) {
    if (port instanceof Port.Activation) {
      var layout = seeds.ofActivation(value.type());
      long size = layout.local(value.type(), mesh).bytes();
      if (size < bytes.getOrDefault(port.name(), Long.MAX_VALUE)) {
        bytes.put(port.name(), size);
        layouts.put(port.name(), layout);
      }
    }
  }
}
