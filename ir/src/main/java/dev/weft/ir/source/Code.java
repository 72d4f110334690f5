package dev.weft.ir.source;

/**
 * The kind of a diagnostic. Each room that reports to users has one enum that implements this; each
 * constant holds its own documentation.
 */
public interface Code {
  Description description();

  default String id() {
    return description().id();
  }

  default Severity severity() {
    return description().severity();
  }

  default String summary() {
    return description().summary();
  }

  default String help() {
    return description().help();
  }
}
