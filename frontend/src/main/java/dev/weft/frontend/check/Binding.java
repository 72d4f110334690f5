package dev.weft.frontend.check;

import dev.weft.ir.source.Span;

/** A name in a scope, what it stands for at present, and whether anybody asked. */
final class Binding {
  private final Span declared;
  private Meaning meaning;
  private boolean read;

  Binding(Span declared, Meaning meaning) {
    this.declared = declared;
    this.meaning = meaning;
  }

  Span declared() {
    return declared;
  }

  Meaning meaning() {
    return meaning;
  }

  void rebind(Meaning other) {
    meaning = other;
  }

  void markRead() {
    read = true;
  }

  boolean isRead() {
    return read;
  }
}
