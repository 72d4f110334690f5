/**
 * Random programs of loops, calls, views and updates, of which the interpreter measures the memory
 * that the compiler predicts.
 *
 * <p>Entry point: {@link dev.weft.testsuite.memory.MemoryPropertyTest}.
 */
@NullMarked
package dev.weft.testsuite.memory;

import org.jspecify.annotations.NullMarked;
