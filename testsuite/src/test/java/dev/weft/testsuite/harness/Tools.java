package dev.weft.testsuite.harness;

import java.util.Map;

/** The tools by name. */
final class Tools {
  private static final Map<String, Tool> TABLE =
      Map.of(
          "check", new PrintingCommand(),
          "info", new PrintingCommand(),
          "plan", new PrintingCommand(),
          "opt", new OptTool(),
          "fmt", new FmtTool(),
          "compile", new CompileTool(),
          "equiv", new EquivTool(),
          "gradients", new GradientsTool());

  private Tools() {}

  static Tool find(Run run) {
    var tool = TABLE.get(run.tool());
    if (tool == null) {
      throw new IllegalArgumentException(run + ": no such tool");
    }
    return tool;
  }
}
