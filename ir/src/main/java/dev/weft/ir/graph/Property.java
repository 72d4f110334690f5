package dev.weft.ir.graph;

/** A fact about a module that passes require, establish or break. */
public enum Property {
  /** The model is cut along its depth: one function for each pipeline stage. */
  STAGED,
  /** The module computes gradients of its loss. */
  DIFFERENTIATED,
  /** Only primitive ops remain. */
  PRIMITIVE,
  /** Every value says how it lies on the mesh. */
  SHARDED,
  /** Types are local to a device and collectives are explicit. */
  LOWERED,
  /** The module is a whole training step: it accumulates and updates the weights. */
  TRAINING_STEP
}
