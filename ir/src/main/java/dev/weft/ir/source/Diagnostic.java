package dev.weft.ir.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A problem in what the user gave us.
 *
 * @param message what is wrong here, with both values
 * @param notes where the other half comes from
 * @param fix edits that are certain to mend it; empty where none is
 */
public record Diagnostic(Code code, Span span, String message, List<Note> notes, List<Edit> fix) {
  public Diagnostic {
    notes = List.copyOf(notes);
    fix = List.copyOf(fix);
  }

  public static Diagnostic of(Code code, Span span, String message) {
    return new Diagnostic(code, span, message, List.of(), List.of());
  }

  public Diagnostic note(Span where, String text) {
    var more = new ArrayList<>(notes);
    more.add(new Note(where, text));
    return new Diagnostic(code, span, message, more, fix);
  }

  /** A note that has no place of its own. */
  public Diagnostic note(String text) {
    return note(Span.NONE, text);
  }

  public Diagnostic fix(Span where, String replacement) {
    var more = new ArrayList<>(fix);
    more.add(new Edit(where, replacement));
    return new Diagnostic(code, span, message, notes, more);
  }

  public boolean isError() {
    return code.severity() == Severity.ERROR;
  }
}
