package dev.weft.ir.graph;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A place in a program where an op is applied. Immutable; equality is identity. */
public final class Node {
  private final Op op;
  private final List<Value> operands;
  private final List<Block> bodies;
  private final List<TensorType> types;
  private final List<String> names;
  private final List<Optional<Sharding>> shardings;
  private final Span span;

  public Node(
      Op op,
      List<Value> operands,
      List<Block> bodies,
      List<TensorType> types,
      List<String> names,
      List<Optional<Sharding>> shardings,
      Span span) {
    if (names.size() != types.size() || shardings.size() != types.size()) {
      throw new IllegalArgumentException(op.name() + ": names or shardings do not fit " + types);
    }
    this.op = op;
    this.operands = List.copyOf(operands);
    this.bodies = List.copyOf(bodies);
    this.types = List.copyOf(types);
    this.names = List.copyOf(names);
    this.shardings = List.copyOf(shardings);
    this.span = span;
  }

  public Op op() {
    return op;
  }

  public List<Value> operands() {
    return operands;
  }

  public Value operand(int index) {
    return operands.get(index);
  }

  public List<TensorType> operandTypes() {
    return operands.stream().map(Value::type).toList();
  }

  /** The blocks that the op runs, such as the body of a repeat. */
  public List<Block> bodies() {
    return bodies;
  }

  public List<TensorType> types() {
    return types;
  }

  /** Name hints of the results. */
  public List<String> names() {
    return names;
  }

  public List<Optional<Sharding>> shardings() {
    return shardings;
  }

  public Span span() {
    return span;
  }

  public Value result(int index) {
    return new Result(this, index);
  }

  /** The only result of a node that has one. */
  public Value result() {
    if (types.size() != 1) {
      throw new IllegalStateException(op.name() + " has " + types.size() + " results");
    }
    return result(0);
  }

  public List<Value> results() {
    return IntStream.range(0, types.size()).mapToObj(this::result).toList();
  }

  /** The op's own typing of this node, recomputed. */
  public Typing typing() {
    return op.typing(operandTypes(), bodies);
  }

  @Override
  public String toString() {
    return names + " = " + op + " " + operands;
  }
}
