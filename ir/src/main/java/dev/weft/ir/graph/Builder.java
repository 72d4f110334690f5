package dev.weft.ir.graph;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes a block node by node; types come from the ops. The block is immutable once sealed. */
public final class Builder {
  private final List<Param> params = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private Span span = Span.NONE;

  /** Nodes emitted from now on come from this place. */
  public Builder at(Span place) {
    span = place;
    return this;
  }

  public Param param(String name, TensorType type) {
    return param(new Param(name, type));
  }

  public Param param(Param param) {
    params.add(param);
    return param;
  }

  /** Applies an op that has one result. */
  public Value emit(String name, Op op, Value... operands) {
    return node(name, op, List.of(operands), List.of()).result();
  }

  /** Applies an op that has one result, named after the op. */
  public Value emit(Op op, Value... operands) {
    return emit(op.name(), op, operands);
  }

  /** Applies any op; the results are named {@code name}, {@code name_1}, …. */
  public Node node(String name, Op op, List<Value> operands, List<Block> bodies) {
    var types = op.typing(operands.stream().map(Value::type).toList(), bodies).results();
    var names = new ArrayList<String>();
    for (int i = 0; i < types.size(); i++) {
      names.add(i == 0 ? name : name + "_" + i);
    }
    return node(names, op, operands, bodies, Collections.nCopies(types.size(), Optional.empty()));
  }

  /** Applies any op, with a name and possibly a sharding for each result. */
  public Node node(
      List<String> names,
      Op op,
      List<Value> operands,
      List<Block> bodies,
      List<Optional<Sharding>> shardings) {
    var types = op.typing(operands.stream().map(Value::type).toList(), bodies).results();
    return add(new Node(op, operands, bodies, types, names, shardings, span));
  }

  /** Appends a node whose operands are values of this block. */
  public Node add(Node node) {
    nodes.add(node);
    return node;
  }

  public Block build(List<Value> yields) {
    return new Block(params, nodes, yields);
  }
}
