package dev.weft.runtime.oracle;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a whole program, op by op, on one device. */
public final class Oracle {
  private Oracle() {}

  /**
   * The results of a function.
   *
   * @param inputs one for each parameter, of its type
   * @throws OracleFailure where an op is not of a whole program, or fails; it names the node
   */
  public static List<Tensor> run(Function function, List<Tensor> inputs) {
    return run(function.body(), inputs);
  }

  /** The yields of a block for given parameters. */
  static List<Tensor> run(Block block, List<Tensor> inputs) {
    var values = new HashMap<Value, Tensor>();
    var uses = uses(block);
    for (int i = 0; i < block.params().size(); i++) {
      requireType(block.params().get(i), inputs.get(i).type());
      values.put(block.params().get(i), inputs.get(i));
    }
    for (var node : block.nodes()) {
      evaluate(node, values);
      node.operands().forEach(operand -> forget(operand, uses, values));
    }
    return block.yields().stream().map(values::get).toList();
  }

  private static void evaluate(Node node, Map<Value, Tensor> values) {
    var operands = node.operands().stream().map(values::get).toList();
    List<Tensor> results;
    try {
      results = apply(node, operands);
    } catch (OracleFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw new OracleFailure(node, e);
    }
    for (int i = 0; i < results.size(); i++) {
      values.put(node.result(i), results.get(i));
    }
  }

  private static List<Tensor> apply(Node node, List<Tensor> operands) {
    return switch (node.op()) {
      case Primitive op -> Meaning.of(op, node, operands);
      case Composite op -> run(expansion(op, operands), operands);
      default -> throw new IllegalStateException("neither primitive nor composite");
    };
  }

  private static Block expansion(Composite op, List<Tensor> operands) {
    var builder = new Builder();
    var params = new ArrayList<Value>();
    for (var operand : operands) {
      params.add(builder.param("operand", operand.type()));
    }
    return builder.build(op.expand(builder, params));
  }

  private static Map<Value, Integer> uses(Block block) {
    var uses = new HashMap<Value, Integer>();
    block.nodes().forEach(n -> n.operands().forEach(v -> uses.merge(v, 1, Integer::sum)));
    block.yields().forEach(v -> uses.merge(v, 1, Integer::sum));
    return uses;
  }

  /** Drops a value after its last use, so that long programs fit into memory. */
  private static void forget(Value value, Map<Value, Integer> uses, Map<Value, Tensor> values) {
    if (uses.merge(value, -1, Integer::sum) == 0) {
      values.remove(value);
    }
  }

  private static void requireType(Param param, TensorType type) {
    if (!param.type().equals(type)) {
      throw new IllegalArgumentException(param + " is given " + type);
    }
  }
}
