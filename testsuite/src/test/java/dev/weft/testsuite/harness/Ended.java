package dev.weft.testsuite.harness;

import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param text what it printed; empty for a run that only claims something
 * @param findings its diagnostics
 * @param failure why it cannot be right, whatever is expected: a crash, an inequality
 */
record Ended(Optional<String> text, List<Finding> findings, Optional<String> failure) {
  Ended {
    findings = List.copyOf(findings);
  }

  static Ended failed(String why) {
    return new Ended(Optional.empty(), List.of(), Optional.of(why));
  }

  static Ended silent(List<Finding> findings) {
    return new Ended(Optional.empty(), findings, Optional.empty());
  }

  static Ended printed(String text, List<Finding> findings) {
    return new Ended(Optional.of(text), findings, Optional.empty());
  }

  boolean hasErrors() {
    return findings.stream().anyMatch(Finding::isError);
  }
}
