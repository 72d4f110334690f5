package dev.weft.ir.source;

/** How bad a diagnostic is; only errors stop the compiler. */
public enum Severity {
  ERROR,
  WARNING,
  NOTE
}
