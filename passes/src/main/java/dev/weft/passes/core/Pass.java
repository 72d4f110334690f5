package dev.weft.passes.core;

import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Checked;

/** A rewrite of a module. Stateless: options are components of the record that implements it. */
public interface Pass {
  PassInfo info();

  /**
   * The rewritten module, or the diagnostics for which the user's program or plan is refused. An
   * exception is a bug of ours.
   */
  Checked<Module> run(Module module);
}
