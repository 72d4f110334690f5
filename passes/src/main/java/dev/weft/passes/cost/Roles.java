package dev.weft.passes.cost;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The term of every value of a block.
 *
 * <p>Weights, state and gradients are known by the ports that they come from or go to, through the
 * ops that only move, scale or add. An activation is a result of the forward (that on which loss
 * and outputs depend, and the forward phase of stages) which anything else uses.
 */
final class Roles {
  private final Callees callees;
  private final Map<Value, Term> terms = new HashMap<>();
  private final Set<Node> forward = new HashSet<>();
  private final Set<Value> neededByForward = new HashSet<>();

  /**
   * A block whose parameters and yields have terms already.
   *
   * @param forwardYields those of the forward, where the block holds forward and backward
   */
  private Roles(
      Block block,
      List<Term> params,
      List<Term> yields,
      Collection<Value> forwardYields,
      Callees callees) {
    this.callees = callees;
    var destinations = new Destinations(block, yields);
    findForward(block, forwardYields);
    var kept = kept(block);
    for (int i = 0; i < params.size(); i++) {
      terms.put(block.params().get(i), params.get(i));
    }
    for (var node : block.nodes()) {
      for (var result : node.results()) {
        var term = destinations.of(result).or(origin(node, result));
        terms.put(result, kept.contains(result) ? term.or(Term.ACTIVATIONS) : term);
      }
    }
  }

  static Roles of(Function function, Callees callees) {
    var forwardYields = new ArrayList<Value>();
    boolean updates = function.outputs().stream().anyMatch(p -> of(p).isRole());
    for (int i = 0; updates && i < function.outputs().size(); i++) {
      if (isForward(function.outputs().get(i))) {
        forwardYields.add(function.body().yields().get(i));
      }
    }
    var inputs = function.inputs().stream().map(Roles::of).toList();
    var outputs = function.outputs().stream().map(Roles::of).toList();
    return new Roles(function.body(), inputs, outputs, forwardYields, callees);
  }

  /** The roles within the body of a repeat of this block. */
  Roles ofBody(Node node, Repeat repeat) {
    var body = node.bodies().getFirst();
    var params = new ArrayList<Term>();
    for (int i = 0; i < node.operands().size(); i++) {
      params.add(i < repeat.carried() ? carried(node, i) : of(node.operand(i)));
    }
    var yields = new ArrayList<Term>();
    var forwardYields = new ArrayList<Value>();
    for (int i = 0; i < body.yields().size(); i++) {
      yields.add(i < repeat.carried() ? carried(node, i) : Term.BUFFERS);
      if (holdsBackward(node) && neededByForward.contains(node.result(i))) {
        forwardYields.add(body.yields().get(i));
      }
    }
    return new Roles(body, params, yields, forwardYields, callees);
  }

  /** The term of a value of the block. */
  Term of(Value value) {
    return terms.getOrDefault(value, Term.BUFFERS);
  }

  /** The term of a carried value while the loop runs: what is kept of it is the last one. */
  Term carried(Node node, int index) {
    var term = of(node.result(index));
    return term.isRole() ? term : Term.BUFFERS;
  }

  /** The term of what passes through a port. */
  static Term of(Port port) {
    return switch (port) {
      case Port.Weight _ -> Term.PARAMETERS;
      case Port.State _ -> Term.OPTIMIZER;
      case Port.Gradient _ -> Term.GRADIENTS;
      case Port.Saved _ -> Term.ACTIVATIONS;
      case Port.Activation _, Port.Cotangent _, Port.Data _ -> Term.BUFFERS;
      case Port.Loss _, Port.Output _, Port.Step _ -> Term.BUFFERS;
    };
  }

  private static boolean isForward(Port port) {
    return port instanceof Port.Loss
        || port instanceof Port.Output
        || port instanceof Port.Activation;
  }

  /** Whether a repeat of the forward makes gradients too: the loop over micro-batches. */
  private boolean holdsBackward(Node repeat) {
    return forward.contains(repeat)
        && repeat.results().stream().anyMatch(r -> of(r) == Term.GRADIENTS);
  }

  private void findForward(Block block, Collection<Value> yields) {
    neededByForward.addAll(yields);
    for (var node : block.nodes().reversed()) {
      if (isForwardCall(node) || node.results().stream().anyMatch(neededByForward::contains)) {
        forward.add(node);
        neededByForward.addAll(node.operands());
      }
    }
  }

  private static boolean isForwardCall(Node node) {
    return node.op() instanceof Call call && call.phase() == Phase.FORWARD;
  }

  /** The results of the forward that others use; to send one away is not to keep it. */
  private Set<Value> kept(Block block) {
    var kept = new HashSet<Value>();
    for (var node : block.nodes()) {
      if (!forward.contains(node) && !(node.op() instanceof Send)) {
        node.operands().stream()
            .filter(v -> v instanceof Result(var maker, _) && forward.contains(maker))
            .forEach(kept::add);
      }
    }
    return kept;
  }

  /** What a result is by where it comes from. */
  private Term origin(Node node, Value result) {
    if (node.op() instanceof Call call && result instanceof Result(_, var index)) {
      return of(callees.function(call.callee()).outputs().get(index));
    }
    return switch (Placing.of(node)) {
      case VIEW, ROWS, PACK -> role(node.operands());
      case OWN -> node.op() instanceof ToHost ? role(node.operands()) : Term.BUFFERS;
      case IN_PLACE, LOOP, CALL -> Term.BUFFERS;
    };
  }

  /** What operands are for, where they are more than temporaries. */
  private Term role(List<Value> operands) {
    return operands.stream()
        .map(this::of)
        .filter(Term::isRole)
        .reduce(Term::or)
        .orElse(Term.BUFFERS);
  }
}
