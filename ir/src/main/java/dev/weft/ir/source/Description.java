package dev.weft.ir.source;

/**
 * The documentation of one kind of diagnostic, from which a row of {@code docs/diagnostics.md} is
 * made.
 *
 * @param id stable and searchable, such as {@code W0104}
 * @param summary one line: what is wrong, without the particulars
 * @param help what the user can do about it; a sentence or two
 */
public record Description(String id, Severity severity, String summary, String help) {
  /** Of a mistake that keeps a command from its result. */
  public static Description error(String id, String summary, String help) {
    return new Description(id, Severity.ERROR, summary, help);
  }
}
