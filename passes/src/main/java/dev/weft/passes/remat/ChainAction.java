package dev.weft.passes.remat;

/** A step of a chain's execution; stages count from 0. */
public sealed interface ChainAction {
  int stage();

  /**
   * Runs a stage's forward and keeps what its backward takes.
   *
   * @param saving which of the stage's savings that is
   */
  record ForwardSaving(int stage, int saving) implements ChainAction {}

  /** Runs a stage's forward and keeps its input, from which it can be run again. */
  record ForwardKeepingInput(int stage) implements ChainAction {}

  /** Runs a stage's forward and drops its input. */
  record Forward(int stage) implements ChainAction {}

  /** Runs a stage's backward and drops what it read. */
  record Backward(int stage) implements ChainAction {}
}
