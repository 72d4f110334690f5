package dev.weft.ir.plan;

import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * The stages, counted from 0, of each place along the pipeline, ascending.
   *
   * @param places how many there are
   */
  public List<List<Integer>> stagesOfPlaces(int places) {
    return IntStream.range(0, places).mapToObj(this::stagesOf).toList();
  }

  private List<Integer> stagesOf(int place) {
    return IntStream.range(0, stages.size())
        .filter(s -> stages.get(s).device() == place)
        .boxed()
        .toList();
  }
}
