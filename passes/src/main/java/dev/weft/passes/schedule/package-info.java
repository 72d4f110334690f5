/**
 * The order of work along a pipeline: made from sizes, or given by the user as a table, and proved
 * sound before anything runs by it.
 *
 * <p>Entry point: {@link dev.weft.passes.schedule.Schedules}. Never: an op, a node or a device of a
 * mesh; a schedule knows stages, micro-batches and the places of a pipeline alone.
 */
@NullMarked
package dev.weft.passes.schedule;

import org.jspecify.annotations.NullMarked;
