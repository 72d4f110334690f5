package dev.weft.passes.stage;

/**
 * Consecutive iterations of a repeat that one stage has.
 *
 * @param first counted from 0
 */
record Piece(int stage, long first, long count) {}
