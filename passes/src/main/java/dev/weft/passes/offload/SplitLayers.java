package dev.weft.passes.offload;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Convert;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Cuts groups of layers in two: the first layers, and the last ones, whose weights stay on the
 * device. Weights and gradients fall into the rows of the parts, and what one repeat saves goes
 * part by part to the repeats that take it.
 *
 * <pre>{@code
 * %y, %saved = repeat blocks %x; %w                 // 12 layers
 * %d_x, %d_w = repeat blocks %d_y; %w, %saved {direction=reverse}
 * ---
 * %y.0, %saved.0 = repeat blocks %x;   %w[0:8]
 * %y,   %saved   = repeat blocks %y.0; %w[8:12]
 * %d_y.0, %d_w[8:12] = repeat blocks %d_y;   %w[8:12], %saved {direction=reverse}
 * %d_x,   %d_w[0:8]  = repeat blocks %d_y.0; %w[0:8], %saved.0 {direction=reverse}
 * }</pre>
 */
final class SplitLayers {
  private final Function function;
  private final Map<Node, Integer> cuts = new HashMap<>();
  private final Map<Param, Integer> cutWeights = new HashMap<>();
  private final Builder builder = new Builder();
  private final ValueMap map = new ValueMap();
  private final Halves values = new Halves(builder, map);
  private final List<Port> inputs = new ArrayList<>();
  private final Map<Value, String> names = new HashMap<>();

  private SplitLayers(Function function, Map<LayerGroup, Integer> last) {
    this.function = function;
    last.forEach(
        (group, rows) -> {
          if (rows < group.layers()) {
            group.repeats().forEach(r -> cuts.put(r, group.layers() - rows));
            group.weights().forEach(w -> cutWeights.put(w, group.layers() - rows));
          }
        });
  }

  /**
   * The function with its layers cut.
   *
   * @param last of some groups: how many layers the second part has, at least one
   */
  static Function of(Function function, Map<LayerGroup, Integer> last) {
    var split = new SplitLayers(function, last);
    return split.cuts.isEmpty() ? function : split.split();
  }

  /** The port of the rows of a weight from some layer on, or up to it. */
  static Port.Weight rows(Port.Weight weight, long layers, long first, long count) {
    var whole = weight.rows().orElse(new Port.Rows(0, layers, layers));
    var rows = new Port.Rows(whole.first() + first, count, whole.of());
    return Port.Weight.of(weight.path(), weight.init(), rows);
  }

  private Function split() {
    for (int i = 0; i < function.inputs().size(); i++) {
      declare(function.inputs().get(i), function.body().params().get(i));
    }
    for (var node : function.body().nodes()) {
      builder.at(node.span());
      if (cuts.containsKey(node)) {
        CutRepeat.write(node, cuts.getOrDefault(node, 0), values, builder);
      } else if (isRowWise(node)) {
        emitParts(node);
      } else {
        var operands = node.operands().stream().map(values::whole).toList();
        var copy = builder.node(node.names(), node.op(), operands, node.bodies(), node.shardings());
        map.putAll(node.results(), copy.results());
      }
    }
    return finished();
  }

  private void declare(Port port, Param param) {
    if (!cutWeights.containsKey(param)) {
      inputs.add(port);
      map.put(param, builder.param(param));
      return;
    }
    long layers = param.type().dims().getFirst().size();
    long cut = cutWeights.getOrDefault(param, 0);
    var weight = (Port.Weight) port;
    values.put(
        param,
        List.of(
            declare(weight, param, layers, 0, cut),
            declare(weight, param, layers, cut, layers - cut)));
  }

  private Value declare(Port.Weight weight, Param param, long layers, long first, long count) {
    inputs.add(rows(weight, layers, first, count));
    var dims = new ArrayList<>(param.type().dims());
    dims.set(0, dims.getFirst().resized(count));
    var part = new Param(param.name(), param.type().withDims(dims), param.sharding());
    names.put(part, inputs.getLast().name());
    return builder.param(part);
  }

  /** The function's results; a gradient of a weight in parts is in parts too. */
  private Function finished() {
    var outputs = new ArrayList<Port>();
    var yields = new ArrayList<Value>();
    for (int i = 0; i < function.outputs().size(); i++) {
      var port = function.outputs().get(i);
      var value = function.body().yields().get(i);
      var weight = port instanceof Port.Gradient ? cutWeight(port.name()) : Optional.<Param>empty();
      if (weight.isEmpty()) {
        outputs.add(port);
        yields.add(values.whole(value));
      } else {
        for (int half = 0; half < 2; half++) {
          var name = names.get(values.parts(weight.get()).get(half));
          outputs.add(new Port.Gradient(Objects.requireNonNull(name)));
          yields.add(values.part(value, half, cutWeights.getOrDefault(weight.get(), 0)));
        }
      }
    }
    return new Function(function.name(), inputs, builder.build(yields), outputs);
  }

  private Optional<Param> cutWeight(String name) {
    for (int i = 0; i < function.inputs().size(); i++) {
      var param = function.body().params().get(i);
      if (cutWeights.containsKey(param) && function.inputs().get(i).name().equals(name)) {
        return Optional.of(param);
      }
    }
    return Optional.empty();
  }

  /** Whether a node treats each row of a value in parts by itself. */
  private boolean isRowWise(Node node) {
    boolean moves = node.op() instanceof Collective;
    boolean computes = node.op() instanceof Affine || node.op() instanceof Convert;
    return (moves || computes)
        && node.operands().size() == 1
        && values.isCut(node.operand(0))
        && sameRows(node.operand(0), node.result());
  }

  private static boolean sameRows(Value operand, Value result) {
    return operand.type().dims().getFirst().equals(result.type().dims().getFirst());
  }

  private void emitParts(Node node) {
    var halves = new ArrayList<Value>();
    for (var half : values.parts(node.operand(0))) {
      halves.add(values.like(node.result(), node.op(), List.of(half)));
    }
    values.put(node.result(), halves);
  }
}
