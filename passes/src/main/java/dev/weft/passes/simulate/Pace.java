package dev.weft.passes.simulate;

/**
 * How long the work of a pipeline and its messages take, in seconds.
 *
 * @param work by stage, then by the ordinal of the phase
 * @param activations by stage, its message to the next one
 * @param gradients by stage, its message to the one before
 * @param behindWork the part of a message that a sender need not wait for, from 0 to 1
 * @param begins by place, when its first work may begin
 * @param gathered by stage, when its first forward may end: its weights are there by then
 */
record Pace(
    double[][] work,
    double[] activations,
    double[] gradients,
    double behindWork,
    double[] begins,
    double[] gathered) {}
