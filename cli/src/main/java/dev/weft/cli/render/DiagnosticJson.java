package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Edit;
import dev.weft.ir.source.Note;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Locale;

/**
 * Diagnostics as JSON. Places are {@code file}, {@code line}, {@code column} and {@code length} (in
 * UTF-16 units, lines and columns counted from 1), and absent where the compiler made the thing
 * itself.
 */
final class DiagnosticJson {
  private DiagnosticJson() {}

  static ArrayNode of(List<Diagnostic> diagnostics) {
    var array = JsonNodeFactory.instance.arrayNode();
    diagnostics.forEach(d -> write(d, array.addObject()));
    return array;
  }

  private static void write(Diagnostic diagnostic, ObjectNode node) {
    var code = diagnostic.code();
    node.put("code", code.id());
    node.put("severity", code.severity().name().toLowerCase(Locale.ROOT));
    place(diagnostic.span(), node);
    node.put("message", diagnostic.message());
    var notes = node.putArray("notes");
    diagnostic.notes().forEach(note -> write(note, notes.addObject()));
    var fix = node.putArray("fix");
    diagnostic.fix().forEach(edit -> write(edit, fix.addObject()));
    node.put("help", code.help());
  }

  private static void write(Note note, ObjectNode node) {
    place(note.span(), node);
    node.put("message", note.message());
  }

  private static void write(Edit edit, ObjectNode node) {
    place(edit.span(), node);
    node.put("replacement", edit.replacement());
  }

  private static void place(Span span, ObjectNode node) {
    if (!span.equals(Span.NONE)) {
      node.put("file", span.source().name());
      node.put("line", span.source().line(span.start()));
      node.put("column", span.source().column(span.start()));
      node.put("length", span.end() - span.start());
    }
  }
}
