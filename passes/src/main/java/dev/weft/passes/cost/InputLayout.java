package dev.weft.passes.cost;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How the inputs of a function lie in buffers when it begins; the function owns them all. */
final class InputLayout {
  private final Function function;
  private final MemorySpace counted;
  private final List<Spot> spots = new ArrayList<>();

  private InputLayout(Function function, MemorySpace counted) {
    this.function = function;
    this.counted = counted;
  }

  /** Each in a buffer of its own. */
  static InputLayout separate(Function function, MemorySpace counted) {
    var layout = new InputLayout(function, counted);
    function.body().params().forEach(p -> layout.spots.add(layout.alone(p.type())));
    return layout;
  }

  /** The weights end to end in one buffer, in the order of the ports; the others separate. */
  static InputLayout packed(Function function, MemorySpace counted) {
    var layout = separate(function, counted);
    var indices = function.inputIndices(Port.Weight.class);
    if (!indices.isEmpty()) {
      var weights = indices.stream().map(function.body().params()::get).toList();
      var next = layout.alone(vector(function, weights));
      for (int i : indices) {
        layout.spots.set(i, next);
        next = next.plus(function.body().params().get(i).type().elements());
      }
    }
    return layout;
  }

  Pattern pattern(Code code) {
    return Pattern.of(code, spots, function.inputs().stream().map(Roles::of).toList()).pattern();
  }

  private Spot alone(TensorType type) {
    return new Spot(new Buffer(Extent.of(type, counted)), 0);
  }

  /**
   * As large as the vector into which the function packs its weights, or from which it takes the
   * new ones: padding may end it.
   */
  private static TensorType vector(Function function, List<Param> weights) {
    var yields = function.body().yields();
    var fresh = function.outputIndices(Port.Weight.class).stream().map(yields::get).toList();
    return find(function, n -> n.op() instanceof Pack && n.operands().equals(weights))
        .map(Node::result)
        .or(
            () ->
                find(function, n -> n.op() instanceof Unpack && n.results().equals(fresh))
                    .map(n -> n.operand(0)))
        .map(Value::type)
        .orElseGet(() -> unpadded(weights));
  }

  private static Optional<Node> find(Function function, Predicate<Node> wanted) {
    return function.body().nodes().stream().filter(wanted).findFirst();
  }

  private static TensorType unpadded(List<Param> weights) {
    var types = weights.stream().map(Param::type).toList();
    long elements = types.stream().mapToLong(TensorType::elements).sum();
    return types.getFirst().withDims(List.of(new Dim("flat", elements)));
  }
}
