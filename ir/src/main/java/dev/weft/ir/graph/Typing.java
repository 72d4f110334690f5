package dev.weft.ir.graph;

import dev.weft.ir.type.TensorType;
import java.util.List;

/** What an op makes of its operands: result types and how dimensions correspond. */
public record Typing(List<TensorType> results, Factors factors) {
  public Typing {
    results = List.copyOf(results);
  }

  /** The usual case: every dimension walks the factor of its own name. */
  public static Typing byAxis(List<TensorType> operands, TensorType... results) {
    return new Typing(List.of(results), Factors.byAxis(operands, List.of(results)));
  }
}
