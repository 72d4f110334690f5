package dev.weft.passes.simulate;

/**
 * What a step takes of the devices of one place along a pipeline.
 *
 * @param work of all micro-batches
 * @param waiting for other places, and for messages
 * @param gradients seconds of the reduction of gradients that nothing hides
 * @param optimizer seconds of the update
 * @param gathering seconds in which updated weights are gathered and nothing hides it
 */
public record PlacePrice(
    Seconds work,
    double waiting,
    double gradients,
    double optimizer,
    double gathering,
    MemoryPrice memory) {}
