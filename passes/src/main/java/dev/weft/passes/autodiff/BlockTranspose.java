package dev.weft.passes.autodiff;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The backward program of one block.
 *
 * <p>It is written first, against the values of the original block; what it captures of them is
 * what the forward program must keep. Then both are emitted: the forward program, in which repeats
 * also save what their backward repeats capture, and after it the backward program.
 */
final class BlockTranspose {
  private final Block block;
  private final Builder backward = new Builder();
  private final List<Node> written = new ArrayList<>();
  private final Map<Value, Value> cotangents = new HashMap<>();
  private final Map<Node, RepeatTranspose> repeats = new HashMap<>();

  BlockTranspose(Block block) {
    this.block = block;
  }

  /** Declares that a value has a cotangent, which the caller supplies as the returned parameter. */
  Param seed(Value value) {
    var seed = new Param("d_" + value.name(), value.type());
    accumulate(value, seed);
    return seed;
  }

  /** Writes the backward program. */
  void run() {
    for (var node : block.nodes().reversed()) {
      var incoming = node.results().stream().map(this::cotangent).toList();
      if (incoming.stream().anyMatch(Optional::isPresent)) {
        backward.at(node.span());
        transpose(node, incoming);
      }
    }
    written.addAll(backward.build(List.of()).nodes());
  }

  /** The cotangent of a value of the block, if the seeds depend on it. */
  Optional<Value> cotangent(Value value) {
    return Optional.ofNullable(cotangents.get(value));
  }

  /**
   * The values that the backward program, or one of the given results of it, takes from elsewhere:
   * values of the block, and placeholders for what inner repeats save.
   */
  Set<Value> captures(Collection<Value> alsoUsed) {
    var own = new HashSet<Value>();
    var captured = new LinkedHashSet<Value>();
    for (var node : written) {
      node.operands().stream().filter(v -> !own.contains(v)).forEach(captured::add);
      own.addAll(node.results());
    }
    alsoUsed.stream().filter(v -> !own.contains(v)).forEach(captured::add);
    return captured;
  }

  /** Copies the block's nodes; repeats also save what their backward captures. */
  void emitForward(Builder to, ValueMap map) {
    for (var node : block.nodes()) {
      var repeat = repeats.get(node);
      if (repeat == null) {
        map.copy(node, to);
      } else {
        repeat.emitForward(to, map);
      }
    }
  }

  /** Copies the backward program; captured values and seeds have images already. */
  void emitBackward(Builder to, ValueMap map) {
    written.forEach(node -> map.copy(node, to));
  }

  private void transpose(Node node, List<Optional<Value>> incoming) {
    if (node.op() instanceof Repeat) {
      var repeat = new RepeatTranspose(node, incoming);
      repeats.put(node, repeat);
      repeat.emitBackward(backward, this::accumulate);
      return;
    }
    try {
      var outgoing = node.op().gradient(new Adjoint(backward, node, incoming));
      for (int i = 0; i < outgoing.size(); i++) {
        var operand = node.operand(i);
        outgoing.get(i).ifPresent(c -> accumulate(operand, c));
      }
    } catch (NotDifferentiable e) {
      throw new Refusal(node, e.reason());
    }
  }

  private void accumulate(Value value, Value cotangent) {
    if (!value.type().dtype().isFloat()) {
      return;
    }
    cotangents.merge(
        value, cotangent, (a, b) -> backward.emit("d_" + value.name(), Binary.ADD, a, b));
  }
}
