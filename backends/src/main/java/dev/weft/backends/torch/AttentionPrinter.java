package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Attention and its cotangents, as calls into {@code ops.py}, whose layout is q [batch, query,
 * heads, key], k and v [batch, source, kv heads, …], bias [batch, heads, query, source]. Other
 * layouts are viewed as this one, and the results viewed back.
 */
record AttentionPrinter(Vocabulary vocabulary) {
  /** Operands q, k, v and possibly a bias; results o, lse. */
  Printed attention(Node node, AttentionShape shape, List<Operand> operands) {
    var roles = new Roles(shape, operands.getFirst().type());
    var arguments = roles.inputs(operands.subList(0, 3));
    arguments.addAll(options(shape));
    if (operands.size() == 4) {
      arguments.add("bias=" + roles.bias(operands.get(3)));
    }
    var call = Expression.call(vocabulary.function("attention"), arguments);
    return new Printed(
        call,
        List.of(
            roles.back(roles.output(), node.types().get(0)),
            roles.back(roles.logSumExp(), node.types().get(1))));
  }

  /** Operands q, k, v, possibly a bias, o, lse, do; results dq, dk, dv and possibly dbias. */
  Printed gradient(Node node, AttentionShape shape, List<Operand> operands) {
    var roles = new Roles(shape, operands.getFirst().type());
    int last = operands.size() - 1;
    var arguments = new ArrayList<String>();
    arguments.add(roles.view(operands.get(last), roles.output()));
    arguments.addAll(roles.inputs(operands.subList(0, 3)));
    arguments.add(roles.view(operands.get(last - 2), roles.output()));
    arguments.add(roles.view(operands.get(last - 1), roles.logSumExp()));
    arguments.addAll(options(shape));
    var views = new ArrayList<UnaryOperator<Expression>>();
    views.add(roles.back(roles.queries(), node.types().get(0)));
    views.add(roles.back(roles.keys(), node.types().get(1)));
    views.add(roles.back(roles.values(), node.types().get(2)));
    var name = "attention_bwd";
    if (operands.size() == 7) {
      name = "biased_attention_bwd";
      arguments.add("bias=" + roles.bias(operands.get(3)));
      views.add(roles.biasBack(node.types().get(3)));
    }
    return new Printed(Expression.call(vocabulary.function(name), arguments), views);
  }

  private static List<String> options(AttentionShape shape) {
    var causal = Literal.bool(shape.mask() == AttentionShape.Mask.CAUSAL);
    return List.of("scale=" + Literal.number(shape.scale()), "causal=" + causal);
  }

  /** The axes of one attention in the order that the function wants them. */
  private record Roles(AttentionShape shape, List<String> batch, List<Long> batchSizes) {
    Roles(AttentionShape shape, TensorType q) {
      this(
          shape,
          shape.batchAxes(q).stream().filter(a -> !a.equals(shape.heads())).toList(),
          shape.batchAxes(q).stream()
              .filter(a -> !a.equals(shape.heads()))
              .map(a -> q.dim(a).size())
              .toList());
    }

    List<String> queries() {
      return List.of(shape.query(), shape.heads(), shape.key());
    }

    List<String> keys() {
      return List.of(shape.source(), shape.kvHeads(), shape.key());
    }

    List<String> values() {
      return List.of(shape.source(), shape.kvHeads(), shape.value());
    }

    List<String> output() {
      return List.of(shape.query(), shape.heads(), shape.value());
    }

    List<String> logSumExp() {
      return List.of(shape.query(), shape.heads());
    }

    List<String> inputs(List<Operand> qkv) {
      return new ArrayList<>(
          List.of(
              view(qkv.get(0), queries()), view(qkv.get(1), keys()), view(qkv.get(2), values())));
    }

    /** The tensor as [batch, own axes]. */
    String view(Operand x, List<String> own) {
      var permuted = Layout.permute(x.expression(), x.type().axes(), order(own));
      return withHeads(withBatch(permuted)).text();
    }

    /** Undoes {@link #view}. */
    UnaryOperator<Expression> back(List<String> own, TensorType type) {
      return x -> {
        var headless = shape.heads().isEmpty() ? x.method("squeeze(2)") : x;
        return Layout.permute(withoutBatch(headless), order(own), type.axes());
      };
    }

    String bias(Operand bias) {
      var aligned = Layout.alignFully(bias.expression(), bias.type(), biasOrder());
      int heads = shape.heads().isEmpty() ? 0 : 1;
      var batched = batch.size() == 1 ? aligned : flattenBias(aligned, bias.type());
      return heads == 1 ? batched.text() : batched.method("unsqueeze(1)").text();
    }

    UnaryOperator<Expression> biasBack(TensorType type) {
      var present = biasOrder().stream().filter(type::bears).toList();
      var sizes = present.stream().map(a -> type.dim(a).size()).toList();
      return x ->
          Layout.permute(x.method("reshape(" + Literal.tuple(sizes) + ")"), present, type.axes());
    }

    private Expression flattenBias(Expression aligned, TensorType type) {
      if (batch.isEmpty()) {
        return aligned.index("None");
      }
      if (batch.stream().noneMatch(type::bears)) {
        return aligned.method("flatten(0, " + (batch.size() - 1) + ")");
      }
      var whole = batchSizes.toString().replace("[", "").replace("]", "");
      return aligned
          .method("expand(" + whole + ", *[-1] * " + (biasOrder().size() - batch.size()) + ")")
          .method("flatten(0, " + (batch.size() - 1) + ")");
    }

    private List<String> biasOrder() {
      var order = new ArrayList<>(batch);
      List.of(shape.heads(), shape.query(), shape.source()).stream()
          .filter(a -> !a.isEmpty())
          .forEach(order::add);
      return order;
    }

    private List<String> order(List<String> own) {
      var order = new ArrayList<>(batch);
      own.stream().filter(a -> !a.isEmpty()).forEach(order::add);
      return order;
    }

    private Expression withBatch(Expression x) {
      return switch (batch.size()) {
        case 0 -> x.index("None");
        case 1 -> x;
        default -> x.method("flatten(0, " + (batch.size() - 1) + ")");
      };
    }

    private Expression withoutBatch(Expression x) {
      return switch (batch.size()) {
        case 0 -> x.index("0");
        case 1 -> x;
        default -> x.method("unflatten(0, " + Literal.tuple(batchSizes) + ")");
      };
    }

    private Expression withHeads(Expression x) {
      return shape.heads().isEmpty() ? x.method("unsqueeze(2)") : x;
    }
  }
}
