package dev.weft.ir.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes diagnostics for a terminal: code and message, the place, the source line with the span
 * underlined, notes and fixes.
 *
 * <pre>{@code
 * error[W0301]: `wq` bears no axis `modle`
 *   --> gpt.weft:12:9
 *    |
 * 12 |   param wq: [modle, heads, key]
 *    |              ^^^^^
 *    = help: did you mean `model`?
 * }</pre>
 */
public final class DiagnosticRenderer {
  /** Characters shown of a line, and before the span where the line is longer. */
  private static final int WIDTH = 160;

  private static final int BEFORE = 60;

  private final boolean color;

  private DiagnosticRenderer(boolean color) {
    this.color = color;
  }

  public static DiagnosticRenderer plain() {
    return new DiagnosticRenderer(false);
  }

  public static DiagnosticRenderer colored() {
    return new DiagnosticRenderer(true);
  }

  public String render(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(this::render).collect(Collectors.joining("\n"));
  }

  public String render(Diagnostic diagnostic) {
    var out = new StringBuilder();
    var code = diagnostic.code();
    var severity = code.severity();
    var title = severity.name().toLowerCase(java.util.Locale.ROOT) + "[" + code.id() + "]";
    out.append(paint(severity, title)).append(": ").append(diagnostic.message()).append('\n');
    excerpt(out, diagnostic.span(), severity);
    for (var note : diagnostic.notes()) {
      out.append("   = ").append(paint(Severity.NOTE, "note")).append(": ");
      out.append(note.message()).append('\n');
      if (!note.span().equals(Span.NONE)) {
        excerpt(out, note.span(), Severity.NOTE);
      }
    }
    for (var edit : diagnostic.fix()) {
      out.append("   = fix: ").append(describe(edit)).append('\n');
    }
    if (!code.help().isEmpty()) {
      out.append("   = help: ").append(code.help()).append('\n');
    }
    return out.toString();
  }

  private void excerpt(StringBuilder out, Span span, Severity severity) {
    if (span.equals(Span.NONE)) {
      return;
    }
    var source = span.source();
    int line = source.line(span.start());
    int column = source.column(span.start());
    var text = source.lineText(line).replace('\t', ' ');
    int from = Math.max(0, Math.min(column - 1 - BEFORE, text.length() - WIDTH));
    var shown = text.substring(from, Math.min(text.length(), from + WIDTH));
    int start = column - 1 - from;
    var number = Integer.toString(line);
    var margin = " ".repeat(number.length());
    int width = Math.max(1, Math.min(span.end() - span.start(), shown.length() - start));
    out.append(margin).append("--> ").append(span.place()).append('\n');
    out.append(margin).append(" |\n");
    out.append(number).append(" | ").append(shown).append('\n');
    out.append(margin).append(" | ").append(" ".repeat(Math.max(0, start)));
    out.append(paint(severity, "^".repeat(width))).append('\n');
  }

  private static String describe(Edit edit) {
    var old = edit.span().text();
    if (old.isEmpty() && edit.replacement().startsWith("\n")) {
      return "insert the line `" + edit.replacement().strip() + "` below " + edit.span().place();
    }
    if (old.isEmpty()) {
      return "insert `" + edit.replacement() + "` at " + edit.span().place();
    }
    if (edit.replacement().isEmpty()) {
      return "remove `" + old + "`";
    }
    return "replace `" + old + "` with `" + edit.replacement() + "`";
  }

  private String paint(Severity severity, String text) {
    if (!color) {
      return text;
    }
    var start =
        switch (severity) {
          case ERROR -> "\u001b[1;31m";
          case WARNING -> "\u001b[1;33m";
          case NOTE -> "\u001b[1;36m";
        };
    return start + text + "\u001b[0m";
  }
}
