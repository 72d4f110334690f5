package dev.weft.ir.verify;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Checks the invariants of the IR: definitions before uses, types as the ops give them, roles that
 * suit their types, layouts that fit the mesh and the ops' factors, and no op that belongs to
 * another stage.
 */
public final class Verifier {
  private Verifier() {}

  /** Every broken invariant; empty for a valid module. */
  public static List<Diagnostic> verify(Module module) {
    var diagnostics = new ArrayList<Diagnostic>();
    var names = new HashSet<String>();
    for (var function : module.functions()) {
      if (!names.add(function.name())) {
        var message = "there are two functions @" + function.name();
        diagnostics.add(Diagnostic.of(VerifyCode.REPEATED_FUNCTION, Span.NONE, message));
      }
      diagnostics.addAll(verify(module, function));
    }
    return List.copyOf(diagnostics);
  }

  /**
   * For what a pass has made.
   *
   * @throws InvalidModule when an invariant is broken
   */
  public static void requireValid(Module module, String afterPass) {
    var diagnostics = verify(module);
    if (!diagnostics.isEmpty()) {
      throw new InvalidModule(afterPass, diagnostics);
    }
  }

  private static List<Diagnostic> verify(Module module, Function function) {
    var findings = new Findings(function);
    Definitions.check(function, findings);
    Types.check(function, findings);
    Ports.check(module, function, findings);
    Layouts.check(module, function, findings);
    Stages.check(module, function, findings);
    Calls.check(module, function, findings);
    if (findings.diagnostics().isEmpty()) {
      FactorLayouts.check(module, function, findings);
    }
    return findings.diagnostics();
  }
}
