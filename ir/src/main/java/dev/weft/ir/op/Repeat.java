package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A loop whose body stays one region, however often it runs.
 *
 * <p>Operands: the carried values, then invariant ones, then stacked ones, whose first axis is the
 * loop's axis. The body's parameters are the carried values, the invariants, and one slice of each
 * stacked operand; it yields the new carried values and one slice of each stacked result. Results:
 * the last carried values, then the stacked results. A REVERSE loop takes and stores the slices
 * from the last to the first.
 *
 * <p>Of each iteration some nodes may run ahead: those of the next iteration begin before the rest
 * of this one, so that what they bring has time to arrive. What is computed does not change; its
 * order, and how long values live, does.
 *
 * <pre>{@code
 * ahead of 0;  ahead of 1, rest of 0;  ahead of 2, rest of 1;  …  rest of the last
 * }</pre>
 *
 * @param label the name of the region, such as {@code blocks}
 * @param axis the loop's axis; its size is the number of iterations
 * @param carried the number of carried values
 * @param invariant the number of invariant operands
 * @param ahead how many nodes, from the body's first on, run one iteration ahead; they use no
 *     carried value
 */
public record Repeat(
    String label, Dim axis, Direction direction, int carried, int invariant, int ahead)
    implements Primitive {
  /** Nothing runs ahead. */
  public Repeat(String label, Dim axis, Direction direction, int carried, int invariant) {
    this(label, axis, direction, carried, invariant, 0);
  }

  public Repeat withAhead(int nodes) {
    return new Repeat(label, axis, direction, carried, invariant, nodes);
  }

  /** The same body over more or fewer iterations. */
  public Repeat withAxis(Dim iterations) {
    return new Repeat(label, iterations, direction, carried, invariant, ahead);
  }

  @Override
  public String name() {
    return "repeat";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    throw new TypeMismatch("repeat needs a body");
  }

  @Override
  public Typing typing(List<TensorType> operands, List<Block> bodies) {
    if (bodies.size() != 1) {
      throw new TypeMismatch("repeat has one body, not " + bodies.size());
    }
    var body = bodies.getFirst();
    if (body.params().size() != operands.size() || body.yields().size() < carried) {
      throw new TypeMismatch("repeat's body does not fit its operands");
    }
    requireAhead(body);
    var results = new ArrayList<TensorType>();
    for (int i = 0; i < operands.size(); i++) {
      requireParam(i, operands.get(i), body.params().get(i).type());
    }
    for (int i = 0; i < body.yields().size(); i++) {
      var type = body.yields().get(i).type();
      if (i < carried && !type.equals(operands.get(i))) {
        throw new TypeMismatch(i, "carried as " + operands.get(i) + " but yielded as " + type);
      }
      results.add(i < carried ? type : stacked(type));
    }
    return new Typing(results, Factors.byAxis(operands, results, List.of(axis.axis())));
  }

  /** The type of all slices together. */
  public TensorType stacked(TensorType slice) {
    var dims = new ArrayList<Dim>();
    dims.add(axis);
    dims.addAll(slice.dims());
    return slice.withDims(dims);
  }

  /** What runs ahead of the iteration before it cannot use what that one makes. */
  private void requireAhead(Block body) {
    if (ahead < 0 || ahead > body.nodes().size()) {
      throw new TypeMismatch("repeat's body has not " + ahead + " nodes to run ahead");
    }
    var early = body.nodes().subList(0, ahead);
    var known = new HashSet<Value>(body.params().subList(carried, body.params().size()));
    early.forEach(node -> known.addAll(node.results()));
    for (var node : early) {
      for (var operand : node.operands()) {
        if (!known.contains(operand)) {
          throw new TypeMismatch(
              "%" + operand.name() + " is carried, and " + node.op().name() + " runs ahead");
        }
      }
    }
  }

  /** What of an iteration runs ahead: from all parameters but the carried ones to what is used. */
  public Stretch early(Block body) {
    var params = List.<Value>copyOf(body.params().subList(carried, body.params().size()));
    return new Stretch(params, body.nodes().subList(0, ahead), handed(body));
  }

  /** The rest of an iteration: from all parameters, and what has run ahead, to the yields. */
  public Stretch rest(Block body) {
    var inputs = new ArrayList<Value>(body.params());
    inputs.addAll(handed(body));
    return new Stretch(inputs, body.nodes().subList(ahead, body.nodes().size()), body.yields());
  }

  /** The values that run ahead and are used by the rest, in the order in which they are made. */
  private List<Value> handed(Block body) {
    var used = new HashSet<>(body.yields());
    body.nodes().subList(ahead, body.nodes().size()).forEach(n -> used.addAll(n.operands()));
    return body.nodes().subList(0, ahead).stream()
        .map(Node::results)
        .flatMap(List::stream)
        .filter(used::contains)
        .toList();
  }

  private void requireParam(int index, TensorType operand, TensorType param) {
    var expected = index < carried + invariant ? param : stacked(param);
    if (!operand.equals(expected)) {
      throw new TypeMismatch(index, "repeat needs " + expected + " here, not " + operand);
    }
  }

  /** The work of the body is counted by whoever walks the body. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  /** Needs the whole body: the autodiff pass writes the reversed loop. */
  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new IllegalStateException("the autodiff pass differentiates repeat");
  }
}
