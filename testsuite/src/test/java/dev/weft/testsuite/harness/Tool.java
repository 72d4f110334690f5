package dev.weft.testsuite.harness;

import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.Optional;

/** What a RUN line may name. */
@FunctionalInterface
interface Tool {
  Produced run(Case one, Invocation run);

  /** The tool of a name. */
  static Tool named(String name) {
    return switch (name) {
      case "check" -> Tool::check;
      case "fmt" -> TextTools::fmt;
      case "opt" -> TextTools::opt;
      case "plan" -> TextTools::plan;
      case "comm" -> TextTools::comm;
      case "emit" -> TextTools::emit;
      case "equiv" -> Proofs::equiv;
      case "gradients" -> Proofs::gradients;
      default -> throw new IllegalArgumentException("no tool is called `" + name + "`");
    };
  }

  private static Produced check(Case one, Invocation run) {
    List<Diagnostic> diagnostics = Subject.of(one, run).diagnostics();
    return new Produced(Optional.empty(), diagnostics, Optional.empty());
  }
}
