package dev.weft.passes.workload;

/**
 * A weight that a section uses.
 *
 * @param name its path; sections that share a weight name the same
 * @param elements on one device, of one layer
 * @param isCut whether tensor parallelism gives each device another part
 */
public record WeightLoad(String name, long elements, boolean isCut) {}
