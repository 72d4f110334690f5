package dev.weft.cli.command;

import dev.weft.cli.render.JsonText;
import dev.weft.cli.render.Terminal;
import dev.weft.cli.render.View;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.DiagnosticRenderer;
import dev.weft.ir.source.Severity;
import java.util.List;

/** Says how a command ended, in the form that was asked for, and with which exit status. */
final class Report {
  /** How a result is written. */
  enum Form {
    TEXT,
    JSON
  }

  private final Terminal terminal;
  private final Form form;

  Report(Terminal terminal, Form form) {
    this.terminal = terminal;
    this.form = form;
  }

  /**
   * Writes a result to standard output; or, in JSON, what was wrong. People read what was wrong on
   * standard error.
   *
   * @return the exit status
   */
  int finish(Checked<? extends View> result) {
    var diagnostics = result.diagnostics();
    if (result.hasErrors() || result.value().isEmpty()) {
      return fail(diagnostics);
    }
    var view = result.value().get();
    if (form == Form.JSON) {
      terminal.out().print(JsonText.of(diagnostics, view::json));
    } else {
      explain(diagnostics);
      terminal.out().print(view.text());
    }
    return view.succeeded() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** Reports a failure and gives the exit status. */
  int fail(List<Diagnostic> diagnostics) {
    if (form == Form.JSON) {
      terminal.out().print(JsonText.of(diagnostics));
    } else {
      explain(diagnostics);
    }
    return diagnostics.stream()
        .filter(Diagnostic::isError)
        .mapToInt(Report::exitStatus)
        .max()
        .orElse(ExitStatus.FAILED);
  }

  /** Writes diagnostics for people. */
  void explain(List<Diagnostic> diagnostics) {
    if (diagnostics.isEmpty()) {
      return;
    }
    var renderer = terminal.colorsErr() ? DiagnosticRenderer.colored() : DiagnosticRenderer.plain();
    terminal.err().print(renderer.render(diagnostics));
    if (diagnostics.size() > 1) {
      terminal.err().println("\n" + counts(diagnostics));
    }
  }

  private static int exitStatus(Diagnostic diagnostic) {
    return diagnostic.code() instanceof CommandCode code ? code.exitStatus() : ExitStatus.FAILED;
  }

  private static String counts(List<Diagnostic> diagnostics) {
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long warnings =
        diagnostics.stream().filter(d -> d.code().severity() == Severity.WARNING).count();
    return errors == 0
        ? counted(warnings, "warning")
        : counted(errors, "error") + (warnings == 0 ? "" : ", " + counted(warnings, "warning"));
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
