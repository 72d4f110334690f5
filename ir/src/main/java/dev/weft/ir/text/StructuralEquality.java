package dev.weft.ir.text;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether two programs are the same: the same ops on corresponding values, with the same types,
 * layouts and roles. Name hints and places in the source do not count.
 */
public final class StructuralEquality {
  private final Map<Value, Value> corresponding = new HashMap<>();

  private StructuralEquality() {}

  public static boolean equal(Module a, Module b) {
    return difference(a, b).isEmpty();
  }

  public static boolean equal(Function a, Function b) {
    return difference(a, b).isEmpty();
  }

  /** The first difference in program order, in words. */
  public static Optional<String> difference(Module a, Module b) {
    return differs("mesh", a.mesh(), b.mesh())
        .or(() -> differs("pipeline", a.pipeline(), b.pipeline()))
        .or(() -> differs("properties", a.properties(), b.properties()))
        .or(() -> differs("functions", names(a), names(b)))
        .or(() -> firstDifference(a.functions(), b.functions(), StructuralEquality::difference));
  }

  public static Optional<String> difference(Function a, Function b) {
    return differs("name", a.name(), b.name())
        .or(() -> differs("inputs", a.inputs(), b.inputs()))
        .or(() -> differs("outputs", a.outputs(), b.outputs()))
        .or(() -> new StructuralEquality().blocks(a.body(), b.body()))
        .map(difference -> "@" + a.name() + ": " + difference);
  }

  private Optional<String> blocks(Block a, Block b) {
    return differs("parameters", a.params().size(), b.params().size())
        .or(() -> definitions(a.params(), b.params()))
        .or(() -> differs("nodes", ops(a), ops(b)))
        .or(() -> firstDifference(a.nodes(), b.nodes(), this::nodes))
        .or(() -> uses("yields", a.yields(), b.yields()));
  }

  private Optional<String> nodes(Node a, Node b) {
    return differs("op", a.op(), b.op())
        .or(() -> uses("operands of " + a.op().name(), a.operands(), b.operands()))
        .or(() -> differs("bodies", a.bodies().size(), b.bodies().size()))
        .or(() -> firstDifference(a.bodies(), b.bodies(), this::blocks))
        .or(() -> differs("results", a.types(), b.types()))
        .or(() -> definitions(a.results(), b.results()));
  }

  private Optional<String> definitions(List<? extends Value> a, List<? extends Value> b) {
    return firstDifference(
        a,
        b,
        (x, y) -> {
          corresponding.put(x, y);
          return differs("type of %" + x.name(), x.type(), y.type())
              .or(() -> differs("layout of %" + x.name(), x.sharding(), y.sharding()));
        });
  }

  private Optional<String> uses(String what, List<Value> a, List<Value> b) {
    return differs("number of " + what, a.size(), b.size())
        .or(
            () ->
                firstDifference(
                    a,
                    b,
                    (x, y) ->
                        Objects.equals(corresponding.get(x), y)
                            ? Optional.empty()
                            : Optional.of(what + ": " + x + " and " + y)));
  }

  private static List<String> ops(Block block) {
    return block.nodes().stream().map(node -> node.op().name()).toList();
  }

  private static List<String> names(Module module) {
    return module.functions().stream().map(Function::name).toList();
  }

  private static Optional<String> differs(String what, Object a, Object b) {
    return a.equals(b) ? Optional.empty() : Optional.of(what + ": " + a + " and " + b);
  }

  /** Compares a pair of things. */
  @FunctionalInterface
  private interface Comparison<T> {
    Optional<String> difference(T a, T b);
  }

  private static <T> Optional<String> firstDifference(
      List<? extends T> a, List<? extends T> b, Comparison<T> comparison) {
    for (int i = 0; i < a.size(); i++) {
      var difference = comparison.difference(a.get(i), b.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }
}
