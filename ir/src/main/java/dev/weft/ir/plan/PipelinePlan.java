package dev.weft.ir.plan;

import java.util.List;

/**
 * How the model is cut along its depth.
 *
 * @param over the mesh axis along which the devices of a pipeline stand
 * @param stages in the order of the model; several may lie on one device
 * @param schedule the order of work
 */
public record PipelinePlan(String over, List<StagePlan> stages, SchedulePlan schedule) {
  public PipelinePlan {
    stages = List.copyOf(stages);
  }
}
