package dev.weft.ir.verify;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.DiagnosticRenderer;
import java.util.List;

/** A pass made a module that breaks an invariant of the IR: a bug of ours. */
public final class InvalidModule extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<Diagnostic> diagnostics;

  InvalidModule(String afterPass, List<Diagnostic> diagnostics) {
    super("after " + afterPass + ":\n" + DiagnosticRenderer.plain().render(diagnostics));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
