package dev.weft.passes.stage;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
import dev.weft.passes.core.Copies;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Replaces each repeat by one repeat for each of its pieces, one after the other. A weight that is
 * stacked for one repeat alone falls into the rows of the pieces; any other stacked operand is
 * sliced, stacked results are put together again.
 *
 * <pre>{@code
 * %y = repeat blocks %x; %w                 // 12 iterations
 * ---
 * %y.0 = repeat blocks %x;   %w[0:6]        // stage 0
 * %y   = repeat blocks %y.0; %w[6:12]       // stage 1
 * }</pre>
 */
final class SplitRepeats {
  private final Function model;
  private final Map<Node, List<Piece>> pieces;
  private final Builder builder = new Builder();
  private final ValueMap map = new ValueMap();
  private final List<Port> inputs = new ArrayList<>();
  private final Map<Node, Integer> stages = new HashMap<>();
  private final Map<Value, Map<Long, Value>> rows = new HashMap<>();

  private SplitRepeats(Function model, Map<Node, List<Piece>> pieces) {
    this.model = model;
    this.pieces = pieces;
  }

  /**
   * A function whose repeats are pieces.
   *
   * @param stages of the pieces
   */
  record Split(Function function, Map<Node, Integer> stages) {}

  static Split of(Function model, Map<Node, List<Piece>> pieces) {
    return new SplitRepeats(model, pieces).split();
  }

  private Split split() {
    for (int i = 0; i < model.inputs().size(); i++) {
      declare(model.inputs().get(i), model.body().params().get(i));
    }
    for (var node : model.body().nodes()) {
      var of = pieces.get(node);
      if (of == null) {
        map.copy(node, builder);
      } else if (of.size() == 1) {
        stages.put(map.copy(node, builder), of.getFirst().stage());
      } else {
        new Cut(node, (Repeat) node.op()).emit(of);
      }
    }
    var body = builder.build(map.get(model.body().yields()));
    return new Split(new Function(model.name(), inputs, body, model.outputs()), stages);
  }

  private void declare(Port port, Param param) {
    var user = port instanceof Port.Weight ? onlyRepeat(param) : Optional.<Node>empty();
    if (user.isEmpty()) {
      inputs.add(port);
      map.put(param, builder.param(new Param(param.name(), param.type())));
      return;
    }
    var weight = (Port.Weight) port;
    var parts = new HashMap<Long, Value>();
    for (var piece : pieces.getOrDefault(user.get(), List.of())) {
      long all = param.type().dims().getFirst().size();
      var part = new Port.Rows(piece.first(), piece.count(), all);
      inputs.add(Port.Weight.of(weight.path(), weight.init(), part));
      var dims = new ArrayList<>(param.type().dims());
      dims.set(0, dims.getFirst().resized(piece.count()));
      parts.put(piece.first(), builder.param(param.name(), param.type().withDims(dims)));
    }
    rows.put(param, parts);
  }

  /** The split repeat for which a weight is stacked and which alone uses it. */
  private Optional<Node> onlyRepeat(Param weight) {
    var users = model.body().nodes().stream().filter(n -> n.operands().contains(weight)).toList();
    if (users.size() != 1 || model.body().yields().contains(weight)) {
      return Optional.empty();
    }
    var user = users.getFirst();
    boolean split = pieces.containsKey(user) && pieces.getOrDefault(user, List.of()).size() > 1;
    return split && isStackedOnly(user, weight) ? Optional.of(user) : Optional.empty();
  }

  private static boolean isStackedOnly(Node user, Value weight) {
    var repeat = (Repeat) user.op();
    return !user.operands().subList(0, repeat.carried() + repeat.invariant()).contains(weight);
  }

  /** One repeat, cut. */
  private final class Cut {
    private final Node node;
    private final Repeat repeat;
    private final List<Value> carried;
    private final List<List<Value>> stacked = new ArrayList<>();

    Cut(Node node, Repeat repeat) {
      this.node = node;
      this.repeat = repeat;
      this.carried = new ArrayList<>(map.get(node.operands().subList(0, repeat.carried())));
      for (int i = repeat.carried(); i < node.types().size(); i++) {
        stacked.add(new ArrayList<>());
      }
    }

    void emit(List<Piece> inOrder) {
      builder.at(node.span());
      boolean forward = repeat.direction() == Direction.FORWARD;
      (forward ? inOrder : inOrder.reversed()).forEach(this::emit);
      for (int i = 0; i < repeat.carried(); i++) {
        map.put(node.result(i), carried.get(i));
      }
      for (int i = 0; i < stacked.size(); i++) {
        var parts = forward ? stacked.get(i) : stacked.get(i).reversed();
        map.put(node.result(repeat.carried() + i), joined(parts));
      }
    }

    private void emit(Piece piece) {
      var op =
          new Repeat(
              repeat.label(),
              repeat.axis().resized(piece.count()),
              repeat.direction(),
              repeat.carried(),
              repeat.invariant());
      int firstStacked = repeat.carried() + repeat.invariant();
      var operands = new ArrayList<Value>(carried);
      for (int i = repeat.carried(); i < node.operands().size(); i++) {
        var operand = node.operand(i);
        operands.add(i < firstStacked ? map.get(operand) : slice(operand, piece));
      }
      var body = Copies.of(node.bodies().getFirst());
      var none = Collections.nCopies(node.names().size(), Optional.<Sharding>empty());
      var copy = builder.node(node.names(), op, operands, List.of(body), none);
      stages.put(copy, piece.stage());
      for (int i = 0; i < node.types().size(); i++) {
        if (i < repeat.carried()) {
          carried.set(i, copy.result(i));
        } else {
          stacked.get(i - repeat.carried()).add(copy.result(i));
        }
      }
    }

    private Value slice(Value operand, Piece piece) {
      var parts = rows.get(operand);
      if (parts != null) {
        return Objects.requireNonNull(parts.get(piece.first()));
      }
      var axis = repeat.axis().axis();
      var op = new Slice(axis, piece.first(), new Dim(axis, piece.count()));
      return builder.emit(operand.name(), op, map.get(operand));
    }

    private Value joined(List<Value> parts) {
      var axis = repeat.axis().axis();
      var op = new Concat(Collections.nCopies(parts.size(), axis), axis);
      return builder.emit(parts.getFirst().name(), op, parts.toArray(Value[]::new));
    }
  }
}
