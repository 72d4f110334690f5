package dev.weft.passes.remat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.Copies;
import dev.weft.passes.core.ValueMap;
import dev.weft.passes.remat.LoopRewrite.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the two loops of a piece: iterations of a pair of loops of which the backward takes the
 * same values.
 */
final class PieceRewrite {
  private final LoopPair pair;
  private final LoopPiece piece;

  /** The stacked results that hold the kept values of the forward body. */
  private final Map<Value, Value> stacks = new HashMap<>();

  PieceRewrite(LoopPair pair, LoopPiece piece) {
    this.pair = pair;
    this.piece = piece;
  }

  /**
   * Emits the forward loop, which keeps what the piece says.
   *
   * @param carried what goes into the first iteration
   * @param results of the pair's forward loop, by index, that are wanted besides
   * @param prefix of the names of what it makes
   */
  Forward emitForward(Target target, List<Value> carried, List<Integer> results, String prefix) {
    var old = pair.forward();
    var block = pair.forwardBody();
    int count = pair.repeat().carried();
    var names = new ArrayList<>(old.names().subList(0, count));
    var shardings = new ArrayList<>(old.shardings().subList(0, count));
    var yields = new ArrayList<>(block.yields().subList(0, count));
    var wanted = new HashMap<Integer, Integer>();
    for (int i = count; i < old.types().size(); i++) {
      boolean isKept = piece.kept().contains(block.yields().get(i));
      if (isKept || results.contains(i)) {
        wanted.put(i, yields.size());
        yields.add(block.yields().get(i));
        names.add(old.names().get(i));
        shardings.add(old.shardings().get(i));
      }
    }
    for (var value : piece.kept()) {
      if (!pair.isOperand(value) && !yields.subList(count, yields.size()).contains(value)) {
        yields.add(value);
        names.add("saved_" + value.name());
        shardings.add(value.sharding().map(LoopPair::stacked));
      }
    }
    var bigger = Copies.of(new Block(block.params(), block.nodes(), yields));
    var node =
        target
            .to()
            .at(old.span())
            .node(
                names.stream().map(n -> Recomputation.prefixed(prefix, n)).toList(),
                over(pair.repeat(), pair.repeat().invariant()),
                operands(target, carried),
                List.of(bigger),
                shardings);
    for (int i = count; i < yields.size(); i++) {
      stacks.putIfAbsent(yields.get(i), node.result(i));
    }
    var made = new HashMap<Integer, Value>();
    results.forEach(i -> made.put(i, node.result(wanted.getOrDefault(i, i))));
    return new Forward(node.results().subList(0, count), made);
  }

  /**
   * What a forward loop made.
   *
   * @param carried out of its last iteration
   * @param results that were wanted besides, by their index among those of the pair's loop
   */
  record Forward(List<Value> carried, Map<Integer, Value> results) {}

  private List<Value> operands(Target target, List<Value> carried) {
    var old = pair.forward();
    int whole = pair.repeat().carried() + pair.repeat().invariant();
    var operands = new ArrayList<>(carried);
    for (int i = carried.size(); i < old.operands().size(); i++) {
      var operand = old.operand(i);
      operands.add(i < whole ? target.outer().get(operand) : target.rows(operand, piece.rows()));
    }
    return operands;
  }

  private Repeat over(Repeat repeat, int invariant) {
    return new Repeat(
        repeat.label(),
        repeat.axis().resized(piece.rows().count()),
        repeat.direction(),
        repeat.carried(),
        invariant);
  }

  /**
   * Emits the backward loop, which computes again what is not kept.
   *
   * @param carried what goes into the first iteration
   */
  List<Value> emitBackward(Target target, List<Value> carried) {
    var old = pair.backward();
    var inputs = new BackwardInputs(target, carried);
    var body = inputs.body;
    var again = inputs.again;
    var own = inputs.own;
    var readings = pair.readings();
    for (var node : readings.own()) {
      node.operands().forEach(v -> find(v, readings, own, again));
      own.copy(node, node.bodies().stream().map(Copies::of).toList(), body);
    }
    pair.backwardBody().yields().forEach(v -> find(v, readings, own, again));
    var block = body.build(own.get(pair.backwardBody().yields()));
    var op = over((Repeat) old.op(), inputs.invariant);
    return target
        .to()
        .at(old.span())
        .node(old.names(), op, inputs.operands, List.of(block), old.shardings())
        .results();
  }

  /** Makes sure that a value of the backward body has an image. */
  private static void find(Value value, Readings readings, ValueMap own, Recomputation again) {
    if (!own.contains(value)) {
      own.put(value, again.get(readings.image(value)));
    }
  }

  /** The operands and parameters of the new backward loop. */
  private final class BackwardInputs {
    final Builder body = new Builder();
    final Recomputation again = new Recomputation(body);
    final ValueMap own = new ValueMap();
    final List<Value> operands = new ArrayList<>();
    final int invariant;
    private final Target target;
    private final int firstStacked;

    BackwardInputs(Target target, List<Value> carried) {
      this.target = target;
      var repeat = (Repeat) pair.backward().op();
      this.firstStacked = repeat.carried() + repeat.invariant();
      for (int i = 0; i < carried.size(); i++) {
        operands.add(carried.get(i));
        own.put(param(i), fresh(param(i)));
      }
      for (int i = carried.size(); i < firstStacked; i++) {
        old(i);
      }
      add(pair.invariants());
      invariant = operands.size() - carried.size();
      for (int i = firstStacked; i < pair.backward().operands().size(); i++) {
        old(i);
      }
      pair.slices()
          .forEach(
              (param, operand) -> {
                if (piece.kept().contains(param) && !again.isThere(param)) {
                  declare(param, target.rows(operand, piece.rows()));
                }
              });
      for (var value : piece.kept()) {
        var stack = stacks.get(value);
        if (stack != null && !again.isThere(value)) {
          declare(value, stack);
        }
      }
    }

    private Param param(int index) {
      return pair.backwardBody().params().get(index);
    }

    /** Takes an operand over, unless it is a saved one that is no longer kept. */
    private void old(int index) {
      var link = pair.links().get(param(index));
      if (link == null) {
        operands.add(outside(index));
        own.put(param(index), fresh(param(index)));
      } else if (pair.isOperand(link)) {
        operands.add(outside(index));
        again.kept(link, fresh(param(index)));
      } else if (stacks.containsKey(link) && piece.kept().contains(link)) {
        operands.add(stacks.get(link));
        again.kept(link, fresh(param(index)));
      }
    }

    private Value outside(int index) {
      var operand = pair.backward().operand(index);
      return index < firstStacked
          ? target.outer().get(operand)
          : target.rows(operand, piece.rows());
    }

    /** Adds those of the forward loop's operands that the backward newly reads. */
    private void add(Map<Param, Value> forward) {
      forward.forEach(
          (param, operand) -> {
            if (piece.kept().contains(param) && !again.isThere(param)) {
              declare(param, target.outer().get(operand));
            }
          });
    }

    private void declare(Value value, Value operand) {
      operands.add(operand);
      again.kept(value, fresh(value));
    }

    private Value fresh(Value like) {
      return body.param(new Param(like.name(), like.type(), like.sharding()));
    }
  }
}
