package dev.weft.frontend.check;

import dev.weft.ir.graph.Value;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.source.Span;
import java.util.List;

/**
 * Arithmetic whose operands are known and whose products do not know yet over what they sum: that
 * follows from the annotation around.
 */
sealed interface Term {
  Span span();

  /** A tensor: the result of a call, a gather, or what a name stands for. */
  record Leaf(Meaning.Tensor tensor, Span span) implements Term {
    Value value() {
      return tensor.value();
    }
  }

  /** A number known now. */
  record Constant(double value, Span span) implements Term {}

  /** scale * inner + shift. */
  record Linear(double scale, double shift, Term inner, Span span) implements Term {
    /** The term, with numbers computed and linear terms joined. */
    static Term of(double scale, double shift, Term inner, Span span) {
      return switch (inner) {
        case Constant c -> new Constant(scale * c.value() + shift, span);
        case Linear l -> of(scale * l.scale(), scale * l.shift() + shift, l.inner(), span);
        case Leaf other -> plain(scale, shift, other, span);
        case Apply other -> plain(scale, shift, other, span);
        case Pairwise other -> plain(scale, shift, other, span);
        case Product other -> plain(scale, shift, other, span);
      };
    }

    private static Term plain(double scale, double shift, Term inner, Span span) {
      return scale == 1 && shift == 0 ? inner : new Linear(scale, shift, inner, span);
    }
  }

  /** An element-wise function of one tensor. */
  record Apply(UnaryFunction function, Term inner, Span span) implements Term {}

  /** An element-wise function of two, other than a product. */
  record Pairwise(BinaryFunction function, Term left, Term right, Span span) implements Term {}

  /**
   * A product: of two or more factors it sums over the axes that nothing around bears.
   *
   * @param factors at least one, none of them a number
   * @param divisors none of them a number
   */
  record Product(List<Term> factors, List<Term> divisors, Span span) implements Term {
    public Product {
      factors = List.copyOf(factors);
      divisors = List.copyOf(divisors);
    }

    boolean sums() {
      return factors.size() > 1;
    }
  }
}
