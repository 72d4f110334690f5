package dev.weft.passes.core;

import dev.weft.ir.graph.Module;

/** A bug in a pass: names the pass and keeps the module that it was given. */
public final class PassCrash extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String pass;
  private final transient Module before;

  public PassCrash(String pass, Module before, RuntimeException cause) {
    super("pass " + pass + " failed: " + cause.getMessage(), cause);
    this.pass = pass;
    this.before = before;
  }

  public String pass() {
    return pass;
  }

  /** The module that makes the pass fail. */
  public Module before() {
    return before;
  }
}
