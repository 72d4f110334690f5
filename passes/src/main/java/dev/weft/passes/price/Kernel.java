package dev.weft.passes.price;

/** What a device runs in one go. */
public sealed interface Kernel permits Gemm, AttentionKernel, Stream {}
