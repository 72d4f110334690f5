package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/**
 * {@code [batch, seq, model]} or {@code [..., model]}.
 *
 * @param open whether it begins with {@code ...}, which stands for the axes that the block's caller
 *     brought
 */
public record AxisPattern(boolean open, List<Name> axes, Span span) implements SyntaxNode {
  public AxisPattern {
    axes = List.copyOf(axes);
  }
}
