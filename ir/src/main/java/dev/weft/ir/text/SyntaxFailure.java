package dev.weft.ir.text;

import dev.weft.ir.source.Diagnostic;

/**
 * Carries a diagnostic from where parsing cannot go on to the statement that can be skipped. It
 * never leaves the parser.
 */
final class SyntaxFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Diagnostic diagnostic;

  SyntaxFailure(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
