package dev.weft.passes.simulate;

import java.util.List;

/** The events of a step, for each place along the pipeline. */
public record StepTrace(StepPrice price, List<PlaceTrace> places) {
  public StepTrace {
    places = List.copyOf(places);
  }
}
