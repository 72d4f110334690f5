package dev.weft.ir.source;

/**
 * The kind of a diagnostic. Each room that reports to users has one enum that implements this; the
 * constant carries the documentation from which {@code docs/diagnostics.md} is generated.
 */
public interface Code {
  /** Stable and searchable, such as {@code W0104}. */
  String id();

  Severity severity();

  /** One line: what is wrong, without the particulars. */
  String summary();

  /** What the user can do about it; a sentence or two. */
  String help();
}
