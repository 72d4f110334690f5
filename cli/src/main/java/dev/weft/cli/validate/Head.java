package dev.weft.cli.validate;

/** What maps the last activations to the vocabulary. */
public enum Head {
  /** The embedding. */
  TIED("head-tied"),
  /** A matrix of its own. */
  UNTIED("head-untied");

  private final String part;

  Head(String part) {
    this.part = part;
  }

  String part() {
    return part;
  }

  Head other() {
    return this == TIED ? UNTIED : TIED;
  }
}
