/**
 * The grid of virtual devices: every device of a mesh is a thread, collectives meet in memory, and
 * what a cluster would send is counted.
 *
 * <p>Entry point: {@link dev.weft.runtime.grid.Grid}. Results do not depend on the order of
 * threads: a collective combines its operands in the order of the group, once, and every member
 * receives the same numbers.
 *
 * <p>A program that would hang is stopped with a report of who waits for whom: at once when no
 * device can go on, or when the members of a group disagree on what they do; after a time-out when
 * a device does not arrive.
 *
 * <p>Never: a program or a tensor is changed here.
 */
@NullMarked
package dev.weft.runtime.grid;

import org.jspecify.annotations.NullMarked;
