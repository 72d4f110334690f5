package dev.weft.ir.text;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Suggestions;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the op of an application, and asks it for the types of its results. */
final class OpReader {
  private final Tokens tokens;
  private final AttributeReader attributes;

  OpReader(Tokens tokens, TypeReader types) {
    this.tokens = tokens;
    this.attributes = new AttributeReader(tokens, types);
  }

  /** The op, with its attributes where the text is at them; empty when that has been reported. */
  Optional<Op> op(Token name, Operands operands) {
    var entry = OpRegistry.find(name.text());
    if (entry.isEmpty()) {
      tokens.report(unknown(name));
      skipAttributes();
      return Optional.empty();
    }
    return switch (entry.get()) {
      case OpRegistry.Entry.Constant(Op op) -> constant(name, op, operands);
      case OpRegistry.Entry.Family(Class<? extends Record> type) -> family(name, type, operands);
    };
  }

  private Optional<Op> constant(Token name, Op op, Operands operands) {
    requireGroups(name, operands, 1);
    if (tokens.at("{")) {
      throw tokens.failure(
          TextCode.UNKNOWN_ATTRIBUTE,
          tokens.peek().span(),
          "`" + name.text() + "` has no attributes");
    }
    return Optional.of(op);
  }

  private Optional<Op> family(Token name, Class<? extends Record> type, Operands operands) {
    boolean repeats = type == Repeat.class;
    requireGroups(name, operands, repeats ? 3 : 1);
    Map<String, Object> implied =
        repeats
            ? Map.of("carried", operands.groupSize(0), "invariant", operands.groupSize(1))
            : Map.of();
    Map<String, Object> defaults = repeats ? Map.of(FunctionText.AHEAD, 0) : Map.of();
    return attributes.record(name, type, implied, defaults).map(Op.class::cast);
  }

  private void requireGroups(Token name, Operands operands, int groups) {
    if (operands.groups() != groups) {
      var message =
          groups == 1
              ? "the operands of `" + name.text() + "` are one list, without `;`"
              : "`" + name.text() + "` takes `carried; invariant; stacked` operands";
      throw tokens.failure(TextCode.SYNTAX, name.span(), message);
    }
  }

  /** The types of the results; empty when the op refuses its operands, which is reported. */
  Optional<List<TensorType>> typing(Token name, Op op, Operands operands, List<Block> bodies) {
    try {
      var types = operands.values().stream().map(Value::type).toList();
      return Optional.of(op.typing(types, bodies).results());
    } catch (TypeMismatch e) {
      boolean known = e.operand() >= 0 && e.operand() < operands.tokens().size();
      var place = known ? operands.tokens().get(e.operand()) : name;
      report(place, e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      report(name, e);
    }
    return Optional.empty();
  }

  private void report(Token place, RuntimeException refusal) {
    tokens.report(TextCode.TYPE_MISMATCH, place.span(), String.valueOf(refusal.getMessage()));
  }

  private static Diagnostic unknown(Token name) {
    var diagnostic =
        Diagnostic.of(TextCode.UNKNOWN_OP, name.span(), "there is no op `" + name.text() + "`");
    return Suggestions.closest(name.text(), OpRegistry.names())
        .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
        .orElse(diagnostic);
  }

  private void skipAttributes() {
    if (tokens.accept("{")) {
      do {
        tokens.skipItem();
      } while (tokens.accept(","));
      tokens.expect("}");
    }
  }
}
