package dev.weft.testsuite.harness;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What a tool gave.
 *
 * @param text for the tool's block; empty for a tool that has none, or where there were errors
 * @param violation what is wrong with the meaning of the program
 */
record Produced(Optional<String> text, List<Diagnostic> diagnostics, Optional<String> violation) {
  static Produced text(Checked<String> text) {
    return new Produced(text.value(), text.diagnostics(), Optional.empty());
  }

  /** For a tool that proves something: what disproves it, if anything. */
  static Produced proof(Checked<Optional<String>> violation) {
    return new Produced(
        Optional.empty(), violation.diagnostics(), violation.value().flatMap(v -> v));
  }
}
