package dev.weft.runtime.interp;

/**
 * How an op is connected to the frame.
 *
 * @param operands slots of the operands
 * @param results slots of the results
 * @param dying slots of the operands that no later op uses, each once
 * @param unused slots of the results that nothing uses
 */
record Wiring(Site site, int[] operands, int[] results, int[] dying, int[] unused) {}
