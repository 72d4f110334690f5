package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code param wq, wk: [model, heads, key] = normal(0.02), bq: [heads, key] = zeros}. */
public record ParamStatement(List<ParamGroup> groups, Span span) implements Statement {
  public ParamStatement {
    groups = List.copyOf(groups);
  }
}
