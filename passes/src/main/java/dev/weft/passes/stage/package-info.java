/**
 * Pipeline staging: cuts a model along its depth into one function for each stage.
 *
 * <p>Entry point: {@link dev.weft.passes.stage.Stage}. It stands before autodiff: each stage is
 * then differentiated, sharded and lowered by itself. Never: an order of work; that is the
 * schedule's.
 */
@NullMarked
package dev.weft.passes.stage;

import org.jspecify.annotations.NullMarked;
