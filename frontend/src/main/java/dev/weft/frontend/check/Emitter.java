package dev.weft.frontend.check;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;

/** Writes nodes into a region; what an op refuses is refused at the operand's expression. */
final class Emitter {
  private final Builder builder;
  private final String hint;
  private final Span span;

  /** A value and the expression that made it. */
  record Operand(Value value, Span span) {}

  /**
   * @param hint the name of the last result
   * @param span the expression for which the nodes are written
   */
  Emitter(Builder builder, String hint, Span span) {
    this.builder = builder;
    this.hint = hint;
    this.span = span;
  }

  Span span() {
    return span;
  }

  /** A node that is not the last: it bears the op's name. */
  Operand step(Op op, Operand... operands) {
    return new Operand(node(op.name(), op, operands).result(), span);
  }

  /** A node that changes the form of an operand alone: it bears the operand's name. */
  Operand reshaped(Op op, Operand operand) {
    return new Operand(node(operand.value().name(), op, operand).result(), operand.span());
  }

  /** The last node of an expression, with one result. */
  Value last(Op op, Operand... operands) {
    return node(hint, op, operands).result();
  }

  /** The last node of an expression, of whose results the first is meant. */
  Value lastOfSeveral(Op op, Operand... operands) {
    return node(hint, op, operands).result(0);
  }

  /** The same value with its axes in an order. */
  Operand ordered(Operand operand, List<String> axes) {
    return operand.value().type().axes().equals(axes)
        ? operand
        : reshaped(new Transpose(axes), operand);
  }

  private Node node(String name, Op op, Operand... operands) {
    var values = Arrays.stream(operands).map(Operand::value).toList();
    try {
      var node = builder.at(span).node(name, op, values, List.of());
      op.work(node.operandTypes(), node.types());
      node.types().forEach(TensorType::bytes);
      return node;
    } catch (IllegalArgumentException twice) {
      // A type in which an axis occurs twice cannot be made.
      throw new Refusal(CheckCode.OPERANDS, span, String.valueOf(twice.getMessage()));
    } catch (TypeMismatch mismatch) {
      int index = mismatch.operand();
      var at = index >= 0 && index < operands.length ? operands[index].span() : span;
      throw new Refusal(CheckCode.OPERANDS, at, String.valueOf(mismatch.getMessage()));
    } catch (ArithmeticException overflow) {
      var types = values.stream().map(v -> v.type().toString()).toList();
      throw new Refusal(
          CheckCode.TOO_LARGE, span, op.name() + " of " + String.join(" and ", types));
    }
  }
}
