package dev.weft.passes.fit;

/**
 * A measurement and where it belongs.
 *
 * @param device the name of a device's specification
 * @param what the operation, or why it was measured
 */
public record MeasuredKernel(String device, String what, Measurement measurement) {}
