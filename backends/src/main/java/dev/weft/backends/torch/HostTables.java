package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.MemorySpace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a rank's state lies elsewhere than the weights' table says: on the host, or in shares.
 */
final class HostTables {
  private HostTables() {}

  /** Constants that {@code state.py} reads; nothing where everything is as usual. */
  static void write(PythonWriter out, Module step) {
    if (anyOnHost(step, Port.Weight.class)) {
      out.line("WEIGHTS_ON_HOST = True", "a layer comes to the device when it is needed");
    }
    if (anyOnHost(step, Port.State.class)) {
      out.line("STATE_ON_HOST = True", "the update runs there");
    }
    var shares = shares(step);
    if (!shares.isEmpty()) {
      out.line("# cuts of the weights of which this rank updates a share, as their gradients lie");
      out.line("SHARES = {");
      out.indented(
          () -> shares.forEach((path, cut) -> out.line(Literal.string(path) + ": " + cut + ",")));
      out.line("}");
    }
  }

  private static boolean anyOnHost(Module step, Class<? extends Port> kind) {
    return step.functions().stream()
        .anyMatch(
            f ->
                f.inputIndices(kind).stream()
                    .anyMatch(i -> isOnHost(f, i) && !f.name().startsWith("stage")));
  }

  private static boolean isOnHost(Function function, int input) {
    return function.body().params().get(input).type().space() == MemorySpace.HOST;
  }

  /** By path of a weight whose gradient is cut further: how. */
  static Map<String, String> shares(Module step) {
    var shares = new LinkedHashMap<String, String>();
    eachShare(step, (weight, whole, share) -> shares.put(weight.path(), Ports.cut(share)));
    return shares;
  }

  /** The sets of mesh axes along which shares are cut and joined. */
  static Set<List<String>> shareAxes(Module step) {
    var axes = new LinkedHashSet<List<String>>();
    eachShare(
        step,
        (_, whole, share) -> {
          var dims = Ports.sharding(share).dims();
          for (int d = 0; d < dims.size(); d++) {
            int had = Ports.sharding(whole).dims().get(d).size();
            if (dims.get(d).size() > had) {
              axes.add(dims.get(d).subList(had, dims.get(d).size()));
            }
          }
        });
    return axes;
  }

  private interface ShareUse {
    void use(Port.Weight weight, Value whole, Value share);
  }

  private static void eachShare(Module step, ShareUse use) {
    for (var function : step.functions()) {
      var weights = new LinkedHashMap<String, Integer>();
      function
          .inputIndices(Port.Weight.class)
          .forEach(i -> weights.put(function.inputs().get(i).name(), i));
      for (int o : function.outputIndices(Port.Gradient.class)) {
        var input = weights.get(function.outputs().get(o).name());
        if (input != null) {
          var whole = function.body().params().get(input);
          var share = function.body().yields().get(o);
          if (!Ports.cut(whole).equals(Ports.cut(share))) {
            use.use((Port.Weight) function.inputs().get(input), whole, share);
          }
        }
      }
    }
  }
}
