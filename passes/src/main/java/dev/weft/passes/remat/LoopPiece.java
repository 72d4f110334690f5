package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import java.util.Set;

/**
 * Iterations that are treated alike: their forward runs as one loop, and so does their backward.
 *
 * @param kept values of the forward body that the backward takes
 */
record LoopPiece(Rows rows, Set<Value> kept) {}
