package dev.weft.cli.pricing;

import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.simulate.Job;
import dev.weft.passes.simulate.Simulation;
import dev.weft.passes.simulate.StepPrice;
import java.util.Optional;

/**
 * A step that is ready to be simulated, as often as one likes.
 *
 * @param schedule of the plan's pipeline, where it has one
 */
public record PricedStep(Job job, Optional<Schedule> schedule) {
  public StepPrice price() {
    return simulation().price();
  }

  Simulation simulation() {
    return Simulation.run(job, schedule);
  }

  /**
   * The same step on another software stack. The workload stays: both must compute attention in the
   * same way, on which the program of a step with selective recomputation depends.
   */
  public PricedStep under(SoftwareSpec software) {
    var moved =
        new Job(job.workload(), job.plan(), job.cluster(), software, job.dtype(), job.tokens());
    return new PricedStep(moved, schedule);
  }
}
