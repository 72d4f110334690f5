package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt to write the statements of a Python function: a statement for each node that is not
 * written into its reader, gradients added where they are computed, names reused when their values
 * are dead.
 */
final class Routine {
  private final Program program;
  private final Region region;
  private final Destinations destinations;
  private final Scope scope;
  private final PythonWriter out = new PythonWriter(4);
  private final List<Node> statements;
  private final Inlining inlining;
  private final Map<Value, Node> lastReader = new HashMap<>();
  private final Set<Value> sunk = new HashSet<>();
  private Optional<Node> tooLong = Optional.empty();

  Routine(
      Program program,
      Region region,
      List<Node> nodes,
      Destinations destinations,
      Scope scope,
      Set<Node> alone) {
    this.program = program;
    this.region = region;
    this.destinations = destinations;
    this.scope = scope;
    this.statements = nodes.stream().filter(Reads::isStatement).toList();
    this.inlining = new Inlining(statements, destinations, alone);
    for (var node : statements) {
      if (!isInlined(node) || isSunk(node)) {
        leaves(node).forEach(v -> lastReader.put(v, node));
      }
    }
  }

  Program program() {
    return program;
  }

  Region region() {
    return region;
  }

  Destinations destinations() {
    return destinations;
  }

  Scope scope() {
    return scope;
  }

  PythonWriter out() {
    return out;
  }

  /** A node that should stand alone in the next attempt, because a line became too long. */
  Optional<Node> tooLong() {
    return tooLong;
  }

  /** Writes all statements. */
  void run() {
    for (var node : statements) {
      if (isInlined(node)) {
        sinkInlined(node);
      } else if (node.op() instanceof Repeat) {
        new LoopPrinter(this, node).print();
      } else {
        assign(node);
      }
    }
    for (var value : destinations.sunk()) {
      if (!sunk.contains(value) && Uniform.of(value).orElse(1) != 0) {
        sink(value, read(value));
      }
    }
  }

  /** The expression that stands for a value here. */
  Expression read(Value value) {
    var canonical = Aliases.canonical(value);
    var known = scope.find(canonical);
    if (known.isPresent()) {
      return known.get();
    }
    var uniform = Uniform.of(canonical);
    if (uniform.isPresent()) {
      return program.fill(uniform.getAsDouble(), canonical.type());
    }
    if (canonical instanceof Result(var node, var index) && inlining.contains(canonical)) {
      return printed(node).call();
    }
    throw new IllegalStateException("not computed yet: " + value);
  }

  /** Whether no statement after the node, and no destination, reads the value. */
  boolean diesAt(Node node, Value value) {
    var canonical = Aliases.canonical(value);
    return !destinations.isKept(canonical) && node.equals(lastReader.get(canonical));
  }

  /** Gives back the names of what is read here for the last time. */
  void releaseOperands(Node node) {
    leaves(node).stream().filter(v -> diesAt(node, v)).forEach(scope::release);
  }

  /** Adds a value into the gradients that it goes to. */
  void sink(Value value, Expression expression) {
    sunk.add(Aliases.canonical(value));
    for (var gradient : destinations.sinks(value)) {
      statement(gradient + " += " + expression, Literal.describe(value.type()), List.of());
    }
  }

  /** Notes that a value went into its gradients elsewhere: inside the loop that yields it. */
  void markSunk(Value value) {
    sunk.add(Aliases.canonical(value));
  }

  private boolean isSunk(Node node) {
    return node.results().stream().anyMatch(r -> !destinations.sinks(r).isEmpty());
  }

  private boolean isInlined(Node node) {
    return node.types().size() == 1 && inlining.contains(node.result(0));
  }

  private void sinkInlined(Node node) {
    var value = node.result();
    if (!isSunk(node)) {
      return;
    }
    sunk.add(value);
    var gradient = destinations.sinks(value).getFirst();
    statement(gradient + " += " + printed(node).call(), comment(node), operandNodes(node));
    releaseOperands(node);
  }

  private void assign(Node node) {
    var printed = printed(node);
    releaseOperands(node);
    var targets = new ArrayList<String>();
    for (int i = 0; i < printed.views().size(); i++) {
      targets.add(target(node, i, printed));
    }
    statement(
        String.join(", ", targets) + " = " + printed.call(), comment(node), operandNodes(node));
    node.results().forEach(this::sinkResult);
  }

  private void sinkResult(Value result) {
    if (!destinations.sinks(result).isEmpty()) {
      sink(result, read(result));
      if (!lastReader.containsKey(result) && !destinations.isKept(result)) {
        scope.release(result);
      }
    }
  }

  private String target(Node node, int index, Printed printed) {
    var result = node.result(index);
    boolean isRead =
        lastReader.containsKey(result)
            || destinations.isKept(result)
            || !destinations.sinks(result).isEmpty();
    if (!isRead) {
      return "_";
    }
    var name = scope.declare(result, hint(node, index));
    scope.bind(result, printed.views().get(index).apply(Expression.atom(name)));
    return name;
  }

  /**
   * Second results have no name of their own in the source; a gathered value may still be a piece.
   */
  private String hint(Node node, int index) {
    var name = node.names().get(index);
    return switch (node.op()) {
      case Normalize ignored when index == 1 -> "r";
      case Attention ignored when index == 1 -> "lse";
      case AllGather ignored when !scope.names().isFree(name) -> name + "_all";
      default -> name;
    };
  }

  private void statement(String code, String comment, List<Node> inlinedOperands) {
    if (code.length() > out.room() && tooLong.isEmpty()) {
      tooLong = inlinedOperands.stream().findFirst();
    }
    Wrapping.line(out, code, comment);
  }

  private Printed printed(Node node) {
    var printer = program.printer();
    var in = operands(node);
    return destinations.begins(node) ? printer.begin(node, in) : printer.print(node, in);
  }

  private List<Operand> operands(Node node) {
    var operands = new ArrayList<Operand>();
    for (int i = 0; i < node.operands().size(); i++) {
      operands.add(operand(node, i));
    }
    return operands;
  }

  private Operand operand(Node node, int index) {
    var value = node.operand(index);
    if (node.op() instanceof Binary && inlining.contains(value) && isSpread(value, node, index)) {
      var source = ((Result) value).node().operand(0);
      return new Operand(read(source), source.type(), Uniform.of(source));
    }
    var expression = read(value);
    if (node.op() instanceof AllReduce && !isFresh(value)) {
      expression = expression.method("clone()");
    }
    return new Operand(expression, value.type(), Uniform.of(value));
  }

  /** Whether a value is a broadcast that the other operand of an element-wise op makes needless. */
  private static boolean isSpread(Value value, Node reader, int index) {
    var other = reader.operand(1 - index);
    return value instanceof Result(var node, var ignored)
        && node.op() instanceof Broadcast
        && other.type().rank() == reader.types().getFirst().rank()
        && Uniform.of(other).isEmpty();
  }

  /** Whether a value is a new tensor that nobody else reads, so that it may be changed in place. */
  private boolean isFresh(Value value) {
    var canonical = Aliases.canonical(value);
    if (!(canonical instanceof Result(var node, var ignored))
        || Uniform.of(canonical).isPresent()
        || region.reads().of(canonical).size() > 1
        || destinations.isKept(canonical)
        || !destinations.sinks(canonical).isEmpty()) {
      return false;
    }
    return switch (node.op()) {
      case Contract contract -> node.operands().size() == 2;
      case Reduce reduce -> !reduce.axes().isEmpty();
      case Binary ignoredOp -> true;
      case Unary ignoredOp -> true;
      case UnaryGrad ignoredOp -> true;
      case Lookup ignoredOp -> true;
      case LookupGrad ignoredOp -> true;
      case Pick ignoredOp -> true;
      case TopK ignoredOp -> true;
      case Gather ignoredOp -> true;
      case Scatter ignoredOp -> true;
      case NormalizeGrad ignoredOp -> true;
      case Repeat ignoredOp -> Region.isStacked((Result) canonical);
      default -> false;
    };
  }

  private static String comment(Node node) {
    var shape = Literal.describe(node.types().getFirst());
    return node.op() instanceof Collective collective
        ? CollectivePrinter.describe(collective) + ": " + shape
        : shape;
  }

  private List<Node> operandNodes(Node node) {
    return node.operands().stream()
        .map(Aliases::canonical)
        .filter(inlining::contains)
        .map(v -> ((Result) v).node())
        .toList();
  }

  /** The named values that a statement reads, through what is written into it. */
  private Set<Value> leaves(Node node) {
    var leaves = new HashSet<Value>();
    for (var operand : node.operands()) {
      var value = Aliases.canonical(operand);
      if (value instanceof Result(var inner, var ignored) && inlining.contains(value)) {
        leaves.addAll(leaves(inner));
      } else if (Uniform.of(value).isEmpty()) {
        leaves.add(value);
      }
    }
    return leaves;
  }
}
