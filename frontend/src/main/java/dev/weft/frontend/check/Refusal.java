package dev.weft.frontend.check;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;

/**
 * An expression that has no meaning, and why. It is thrown where the mistake is found and becomes a
 * diagnostic where the meaning of the expression was asked for; it never leaves this package.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Diagnostic diagnostic;

  Refusal(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Refusal(Code code, Span span, String message) {
    this(Diagnostic.of(code, span, message));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
