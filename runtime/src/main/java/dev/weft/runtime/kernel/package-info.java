/**
 * The grid's arithmetic: one kernel per op, chosen and prepared once for given types.
 *
 * <p>Entry point: {@link dev.weft.runtime.kernel.Kernel}. A kernel is immutable and may run on
 * several threads at once; it reads its operands' arrays and fills arrays of its own. {@link
 * dev.weft.runtime.kernel.Gemm} is the seam for a native matrix product.
 *
 * <p>Never: communication, accounting, or knowledge of the program around the op.
 */
@NullMarked
package dev.weft.runtime.kernel;

import org.jspecify.annotations.NullMarked;
