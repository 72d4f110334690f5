package dev.weft.ir.graph;

import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an op makes of its operands: result types and how dimensions correspond. Who builds programs
 * needs the types alone, so that the factor map is made when it is first asked for; what is wrong
 * with it shows then, and not where the node is made.
 */
public final class Typing {
  private final List<TensorType> results;
  private final Supplier<Factors> maker;

  /** Empty until it is asked for; two threads that ask at once make equal ones. */
  private List<Factors> made = List.of();

  public Typing(List<TensorType> results, Supplier<Factors> factors) {
    this.results = List.copyOf(results);
    this.maker = factors;
  }

  public Typing(List<TensorType> results, Factors factors) {
    this(results, () -> factors);
  }

  /** The usual case: every dimension walks the factor of its own name. */
  public static Typing byAxis(List<TensorType> operands, TensorType... results) {
    var types = List.of(results);
    return new Typing(types, () -> Factors.byAxis(operands, types));
  }

  public List<TensorType> results() {
    return results;
  }

  public Factors factors() {
    var known = made;
    if (known.isEmpty()) {
      known = List.of(maker.get());
      made = known;
    }
    return known.getFirst();
  }
}
