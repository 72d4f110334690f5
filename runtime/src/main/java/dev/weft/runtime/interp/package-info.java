/**
 * The grid's executor: a lowered function, translated once to Truffle nodes that all devices share.
 *
 * <p>Entry point: {@link dev.weft.runtime.interp.Program}. The nodes are immutable; what belongs to
 * one device is in its {@link dev.weft.runtime.interp.Device} and in the frame. A composite op is
 * expanded in place; the body of a repeat is a call target that is called once for each iteration.
 *
 * <h2>What counts as memory</h2>
 *
 * A device's memory is the sum of the bytes (elements times the size of the element type) of its
 * live <em>buffers</em>; the peak is its greatest value. The rules follow from the program's text
 * alone, so that the compiler can predict the figure exactly:
 *
 * <ol>
 *   <li>Every result of an op has a buffer of its own, except those of rule 2. {@code fill} and
 *       {@code iota} count too. The working space of a kernel does not.
 *   <li>The results of {@code rename}, {@code split}, {@code merge}, {@code unpack}, and the slices
 *       that a repeat takes of its stacked operands, are views: they share their operand's buffer.
 *       So is the result of {@code pack} where its operands, in order, begin one buffer of the
 *       vector's size and zeros fill the rest: weights as {@code runtime.train} lays them out and
 *       as {@code unpack} gives them. So is the result of a collective among one device.
 *   <li>A value lives from the op that makes it to the last op of its block that uses it; one that
 *       is never used dies as soon as it is made; one that the block yields lives to the block's
 *       end. A buffer lives as long as a value in it.
 *   <li>The inputs of the function live from the start, and die after their last use like other
 *       values: the caller gives them away. Inputs that share a buffer count once.
 *   <li>At an op the results are counted while all operands are still alive; then dying operands
 *       and unused results are dropped. In place are {@code pack}, {@code all_reduce}, {@code
 *       shared_sum}, {@code select}, the updates of optimizers ({@code sgd_update}, {@code
 *       adam_update}, {@code lamb_direction}, {@code lamb_update}), and {@code add} of two operands
 *       of one type: for them the dying operands are dropped before the results are counted.
 *   <li>A repeat counts its stacked results whole before the first iteration. Its carried operands
 *       that die at it (and are no invariant or stacked operand) belong to the first iteration; all
 *       other operands live until the loop has ended. Within an iteration the rules for a block
 *       hold; what the body yields for stacking is copied into the stack at the end of the
 *       iteration and dropped.
 *   <li>At a {@code call} the operands that die belong to the callee from the start; the others
 *       live until it has ended, whatever the callee does with them. Within the callee the rules
 *       for a block hold; what it yields is what the call results in, in the same buffers.
 *   <li>A received value has a buffer of its own, whatever the sender does with it. A sent one is
 *       dropped at its last use like others, whether or not it has been received.
 *   <li>A value on the host takes no memory of the device; that of the host is counted beside it by
 *       the same rules. {@code to_host} and {@code to_device} copy.
 * </ol>
 *
 * <p>The compiler predicts the figure by following the same rules without running anything ({@code
 * passes.cost}); {@code docs/memory.md} explains both.
 *
 * <p>Never: knowledge of threads or of other devices; those are the grid's.
 */
@NullMarked
package dev.weft.runtime.interp;

import org.jspecify.annotations.NullMarked;
