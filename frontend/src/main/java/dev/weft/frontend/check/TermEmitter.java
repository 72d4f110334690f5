package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unary;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the nodes of a term. */
final class TermEmitter {
  private final Builder builder;
  private final DType precision;

  TermEmitter(Builder builder, DType precision) {
    this.builder = builder;
    this.precision = precision;
  }

  /** The value of a term without annotation: nothing is summed. */
  Value plain(Term term, String hint) {
    requireFloats(term);
    return emit(term, Wanted.EVERYTHING, hint);
  }

  /** The value with exactly the given axes, in this order. */
  Value annotated(Term term, List<Dim> dims, String hint) {
    requireFloats(term);
    var order = dims.stream().map(Dim::axis).toList();
    var wanted = new LinkedHashSet<>(order);
    requireAxes(term, wanted);
    new NestedProducts(wanted).require(term);
    var value = emit(term, new Wanted.Axes(wanted), hint);
    return value.type().axes().equals(order)
        ? value
        : emitter(term, hint).last(new Transpose(order), new Operand(value, term.span()));
  }

  /** Integers may be named and annotated, and nothing else. */
  private static void requireFloats(Term term) {
    if (!(term instanceof Term.Leaf)) {
      TermChecks.requireFloats(term);
    }
  }

  private static void requireAxes(Term term, Set<String> wanted) {
    var kept = TermAxes.kept(term, wanted);
    for (var axis : kept) {
      if (!wanted.contains(axis)) {
        throw new Refusal(TermChecks.extraAxis(term, axis, wanted));
      }
    }
    for (var axis : wanted) {
      if (!kept.contains(axis)) {
        throw new Refusal(
            CheckCode.MISSING_AXIS,
            term.span(),
            "the value bears %s, but not `%s`".formatted(kept, axis));
      }
    }
  }

  private Value emit(Term term, Wanted wanted, String hint) {
    return switch (term) {
      case Term.Leaf leaf -> leaf.value();
      case Term.Constant(double value, var span) ->
          emitter(term, hint).last(new Fill(value, TensorType.scalar(precision)));
      case Term.Linear linear -> {
        var inner = operand(linear.inner(), wanted);
        yield emitter(term, hint).last(new Affine(linear.scale(), linear.shift()), inner);
      }
      case Term.Apply apply -> {
        var inner = operand(apply.inner(), wanted);
        yield emitter(term, hint).last(new Unary(apply.function()), inner);
      }
      case Term.Pairwise pair -> pairwise(pair, wanted, hint);
      case Term.Product product -> product(product, wanted, hint);
    };
  }

  private Value pairwise(Term.Pairwise pair, Wanted wanted, String hint) {
    var left = operand(pair.left(), wanted);
    var right = operand(pair.right(), wanted);
    TermChecks.requireContained(pair, List.of(left, right), wanted);
    return emitter(pair, hint).last(new Binary(pair.function()), left, right);
  }

  private Value product(Term.Product product, Wanted wanted, String hint) {
    var factors = product.factors().stream().map(f -> operand(f, wanted)).toList();
    var divisors = product.divisors().stream().map(d -> operand(d, wanted)).toList();
    return new ProductFold(product, wanted, emitter(product, hint)).fold(factors, divisors);
  }

  private Operand operand(Term term, Wanted wanted) {
    return new Operand(emit(term, wanted, name(term)), term.span());
  }

  private static String name(Term term) {
    return switch (term) {
      case Term.Leaf leaf -> leaf.value().name();
      case Term.Constant constant -> "constant";
      case Term.Linear linear -> "affine";
      case Term.Apply apply -> apply.function().text();
      case Term.Pairwise pair -> pair.function().text();
      case Term.Product product -> "product";
    };
  }

  private Emitter emitter(Term term, String hint) {
    return new Emitter(builder, hint.isEmpty() ? name(term) : hint, term.span());
  }
}
