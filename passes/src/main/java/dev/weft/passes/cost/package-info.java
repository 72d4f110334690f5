/**
 * What a lowered program takes of a device, read from its text alone: the peak of its memory, and
 * the bytes that it sends. Nothing is estimated: the figures are those that a run measures.
 *
 * <p>Entry points: {@link dev.weft.passes.cost.MemoryUse} and {@link
 * dev.weft.passes.cost.TrafficUse}. The rules of memory are those of {@code docs/memory.md}; the
 * runtime's interpreter keeps them as it runs, this package follows them without running. Neither
 * sees the other, so that their agreement proves both.
 *
 * <p>Never: a program is changed here, or a tensor computed.
 */
@NullMarked
package dev.weft.passes.cost;

import org.jspecify.annotations.NullMarked;
