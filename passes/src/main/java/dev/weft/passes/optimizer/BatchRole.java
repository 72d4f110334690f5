package dev.weft.passes.optimizer;

/** What a value is to the entries of a batch. */
public enum BatchRole {
  /** The same whatever the batch holds. */
  FREE,
  /** Bears the batch axis; each slice depends on its own entry alone. */
  ENTRY,
  /** A mean over entries, or linear in one. */
  MEAN,
  /** A sum over entries, or linear in one. */
  SUM,
  /** Anything else. */
  MIXED
}
