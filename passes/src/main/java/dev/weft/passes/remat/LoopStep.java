package dev.weft.passes.remat;

/** A step of a pair of loops whose iterations are treated in pieces. */
sealed interface LoopStep {
  /** Runs iterations forward and keeps nothing but what they carry out. */
  record Run(Rows rows) implements LoopStep {}

  /** Runs a piece forward and keeps what its backward takes. */
  record Save(LoopPiece piece) implements LoopStep {}

  /** Runs a piece backward. */
  record Back(LoopPiece piece) implements LoopStep {}
}
