package dev.weft.passes.search;

import dev.weft.passes.simulate.JobPrices;
import dev.weft.passes.simulate.StageCut;
import dev.weft.passes.simulate.StepBound;
import dev.weft.passes.workload.Workload;

/** A set of choices that share what is decided so far, and a bound of their steps. */
sealed interface Open {
  /** Seconds that no step of a plan of the set falls below. */
  double seconds();

  /** A layout under one policy of remat. */
  record Laid(double seconds, Layout layout, Saving saving, JobPrices prices, Workload workload)
      implements Open {}

  /** With all that saves memory; its order is open. */
  record Saved(
      double seconds,
      Layout layout,
      Saving saving,
      JobPrices prices,
      StepBound bound,
      Workload workload)
      implements Open {}

  /** One choice. */
  record Single(double seconds, Choice choice, StageCut cut, JobPrices prices) implements Open {}
}
