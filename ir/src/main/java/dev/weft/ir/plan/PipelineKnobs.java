package dev.weft.ir.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How deep a pipeline is, as in {@code pp=4,chunks=2,schedule=interleaved}.
 *
 * @param degree devices along the pipeline; 1 for none
 * @param chunks stages of each device; empty for what the schedule usually has
 * @param schedule the order of work; empty for the usual one
 * @param places how the places along the pipeline differ
 */
public record PipelineKnobs(
    int degree, OptionalInt chunks, Optional<ScheduleChoice> schedule, PlaceKnobs places) {
  /** No pipeline. */
  public static final PipelineKnobs NONE =
      new PipelineKnobs(1, OptionalInt.empty(), Optional.empty(), PlaceKnobs.ALIKE);

  /** With the schedule that a file holds. */
  public PipelineKnobs with(SchedulePlan read) {
    return new PipelineKnobs(degree, chunks, Optional.of(new ScheduleChoice.Given(read)), places);
  }
}
