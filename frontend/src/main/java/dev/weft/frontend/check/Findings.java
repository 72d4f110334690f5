package dev.weft.frontend.check;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The diagnostics of one check. A mistake in a block that is called twice is reported once, with
 * the first call as a note.
 */
final class Findings {
  private record Mistake(Code code, Span span) {}

  private record Call(String block, Span span) {}

  private static final Set<Code> UNUSED = Set.of(CheckCode.UNUSED_NAME, CheckCode.UNUSED_BLOCK);

  private final List<Diagnostic> all = new ArrayList<>();
  private final Set<Mistake> seen = new HashSet<>();
  private final Deque<Call> calls = new ArrayDeque<>();

  void add(Diagnostic diagnostic) {
    if (!seen.add(new Mistake(diagnostic.code(), diagnostic.span()))) {
      return;
    }
    var traced = diagnostic;
    for (var call : calls) {
      traced = traced.note(call.span(), "in this call of `" + call.block() + "`");
    }
    all.add(traced);
  }

  void add(Code code, Span span, String message) {
    add(Diagnostic.of(code, span, message));
  }

  /** What is found from now on is found in the body of a block. */
  void enter(String block, Span call) {
    calls.push(new Call(block, call));
  }

  void leave() {
    calls.pop();
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * In the order of the text, the file first. Beside errors there is no word of what is unused: who
   * would have used it may be what is wrong.
   */
  List<Diagnostic> inOrder(Source file) {
    var ordered = new ArrayList<>(all);
    if (hasErrors()) {
      ordered.removeIf(d -> UNUSED.contains(d.code()));
    }
    ordered.sort(
        Comparator.<Diagnostic>comparingInt(d -> d.span().source() == file ? 0 : 1)
            .thenComparingInt(d -> d.span().start()));
    return ordered;
  }
}
