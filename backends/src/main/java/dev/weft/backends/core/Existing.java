package dev.weft.backends.core;

/** What happens to files that stand where a bundle is to be written. */
public enum Existing {
  /** An empty directory and an unchanged bundle are replaced; anything else is an error. */
  KEEP,
  /** The directory is replaced, whatever it holds. */
  OVERWRITE
}
