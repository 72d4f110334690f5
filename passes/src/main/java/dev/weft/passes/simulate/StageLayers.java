package dev.weft.passes.simulate;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.Workload;
import java.util.List;

/**
 * How many layers of each section each stage has.
 *
 * @param counts by stage, then by section; of a section between repeats 1 where the stage has it
 * @param places the place of each stage along the pipeline
 */
record StageLayers(int[][] counts, int[] places) {
  static StageLayers of(Workload workload, Plan plan) {
    return plan.pipeline()
        .map(pipeline -> cut(workload.sections(), pipeline))
        .orElseGet(() -> whole(workload.sections()));
  }

  private static StageLayers whole(List<Section> sections) {
    int[] counts = sections.stream().mapToInt(Section::layers).toArray();
    return new StageLayers(new int[][] {counts}, new int[] {0});
  }

  /** What stands between repeats lies with the layer after it, at the end with the one before. */
  private static StageLayers cut(List<Section> sections, PipelinePlan pipeline) {
    var stages = pipeline.stages();
    int[][] counts = new int[stages.size()][sections.size()];
    for (int s = 0; s < stages.size(); s++) {
      for (int i = 0; i < sections.size(); i++) {
        var section = sections.get(i);
        if (section.isRepeat()) {
          counts[s][i] = stages.get(s).layers().getOrDefault(section.label(), 0);
        }
      }
    }
    for (int i = 0; i < sections.size(); i++) {
      if (!sections.get(i).isRepeat()) {
        counts[holder(counts, sections, i)][i] = 1;
      }
    }
    int[] places = stages.stream().mapToInt(dev.weft.ir.plan.StagePlan::device).toArray();
    return new StageLayers(counts, places);
  }

  private static int holder(int[][] counts, List<Section> sections, int between) {
    if (between == 0) {
      return 0;
    }
    if (between == sections.size() - 1) {
      return counts.length - 1;
    }
    for (int s = 0; s < counts.length; s++) {
      if (counts[s][between + 1] > 0) {
        return s;
      }
    }
    return counts.length - 1;
  }
}
