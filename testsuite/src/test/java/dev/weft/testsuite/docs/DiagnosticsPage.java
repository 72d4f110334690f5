package dev.weft.testsuite.docs;

import dev.weft.ir.source.Code;
import dev.weft.testsuite.Codes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code docs/diagnostics.md}: every diagnostic of every module, from the enums that declare them.
 */
public final class DiagnosticsPage {
  /** What the codes of an enum are about, by its name. */
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("SyntaxCode", "The form of a model file"),
          Map.entry("TextCode", "IR text, as `weft opt` reads it"),
          Map.entry("VerifyCode", "Invariants of the IR"),
          Map.entry("CheckCode", "The meaning of a model file"),
          Map.entry("AutodiffCode", "Differentiation"),
          Map.entry("PlanCode", "Plans and degrees by themselves"),
          Map.entry("ShardCode", "A plan for a model"),
          Map.entry("OptimizerCode", "The training step"),
          Map.entry("KnobCode", "Degrees for a model"),
          Map.entry("StageCode", "The stages of a pipeline"),
          Map.entry("RematCode", "What is computed again"),
          Map.entry("OffloadCode", "What lies on the host"),
          Map.entry("ScheduleCode", "The order of work along a pipeline"),
          Map.entry("ClusterCode", "Clusters"),
          Map.entry("SimulationCode", "A plan on a cluster"),
          Map.entry("CompilationCode", "A model with its plan"),
          Map.entry("BundleCode", "Emitted programs"),
          Map.entry("CommandCode", "The command line"),
          Map.entry("ValidateCode", "Tables of published runs"),
          Map.entry("CalibrateCode", "The benchmark of a device"),
          Map.entry("TrainingCode", "Training on virtual devices"),
          Map.entry("PlanningCode", "Searching for a plan"));

  private static final String INTRODUCTION =
      """
      # Diagnostics

      Generated from the code by `./dev bless`; do not edit.

      Whatever is wrong with an input is reported with a code, the place, and what to do. A command reports all mistakes
      of one stage and then stops. The exit status is 1 where the input is wrong, 2 where the command line is, and 70 where
      Weft itself has failed. With `--json` the same diagnostics are the list `diagnostics` of the one JSON document on
      standard output.

      A **warning** does not keep a command from its result. All other codes are errors.
      """;

  private DiagnosticsPage() {}

  /** Brings the page of this checkout up to date. */
  public static void main(String[] arguments) {
    write(Path.of(System.getProperty("weft.root")));
  }

  /** Writes the page of the checkout in a directory. */
  public static void write(Path root) {
    try {
      Files.writeString(path(root), text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(Path root) {
    return root.resolve("docs/diagnostics.md");
  }

  public static String text() {
    var page = new StringBuilder(INTRODUCTION);
    for (var type : Codes.enums()) {
      page.append("\n## ").append(title(type)).append("\n\n");
      page.append("| code | what is wrong | what to do |\n|---|---|---|\n");
      Codes.constants(type).forEach(code -> page.append(row(code)));
    }
    return page.toString();
  }

  static boolean isTitled(Class<?> type) {
    return TITLES.containsKey(type.getSimpleName());
  }

  private static String title(Class<?> type) {
    return TITLES.getOrDefault(type.getSimpleName(), type.getSimpleName());
  }

  private static String row(Code code) {
    var severity =
        switch (code.severity()) {
          case ERROR -> "";
          case WARNING, NOTE -> " **" + code.severity().name().toLowerCase(Locale.ROOT) + "**";
        };
    var cells = List.of(code.id() + severity, sentence(code.summary()), code.help());
    return "| " + String.join(" | ", cells.stream().map(DiagnosticsPage::cell).toList()) + " |\n";
  }

  private static String sentence(String summary) {
    return summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
