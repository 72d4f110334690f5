package dev.weft.frontend.check;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;

/** Integers must stay inside of the axis that they index. */
final class IndexBounds {
  private IndexBounds() {}

  static void require(Meaning.Tensor ids, Span span, Dim axis) {
    var bound = ids.bound();
    if (bound.isPresent() && bound.getAsLong() > axis.size()) {
      throw new Refusal(
          Diagnostic.of(
              CheckCode.INDEX_RANGE,
              span,
              "`%s` reaches %d, but the axis `%s` has %d entries"
                  .formatted(span.text(), bound.getAsLong() - 1, axis.axis(), axis.size())));
    }
  }
}
