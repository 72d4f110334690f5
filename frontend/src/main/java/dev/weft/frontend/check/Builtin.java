package dev.weft.frontend.check;

/** A function that is built in: what it takes, and the nodes that it makes. */
interface Builtin {
  String name();

  Signature signature();

  /**
   * Writes the nodes of a call.
   *
   * @throws Refusal where the arguments do not fit
   */
  Meaning apply(Arguments arguments, CallSite site);
}
