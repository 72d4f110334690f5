package dev.weft.ir.verify;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the checks of one function have found. */
final class Findings {
  private final String function;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  Findings(Function function) {
    this.function = function.name();
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Something wrong with the function's own parameters or results. */
  void report(VerifyCode code, String message) {
    report(code, Span.NONE, message);
  }

  void report(VerifyCode code, Node node, String message) {
    report(code, node.span(), described(node) + ": " + message);
  }

  void report(VerifyCode code, Value value, Span span, String message) {
    report(code, span, "%" + value.name() + ": " + message);
  }

  private void report(VerifyCode code, Span span, String message) {
    diagnostics.add(Diagnostic.of(code, span, "@" + function + ", " + message));
  }

  private static String described(Node node) {
    var results = node.names().stream().map(n -> "%" + n).collect(Collectors.joining(", "));
    return results.isEmpty() ? node.op().name() : results + " = " + node.op().name();
  }
}
