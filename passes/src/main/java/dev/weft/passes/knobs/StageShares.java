package dev.weft.passes.knobs;

import dev.weft.ir.graph.Function;
import dev.weft.ir.plan.PipelineKnobs;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many layers each stage gets: as evenly as possible where nothing is said of the places, and
 * otherwise so that the slowest place takes as little time as possible.
 *
 * @param held what the weights take
 * @param place where the knobs stand, for diagnostics
 */
record StageShares(PipelineKnobs knobs, Function model, HeldWeights held, Span place) {
  /**
   * The number of layers of each stage.
   *
   * @param devices the place of each stage
   */
  Checked<List<Integer>> of(List<Integer> devices) {
    var places = knobs.places();
    if (places.isEmpty()) {
      return Checked.ok(LayerCut.of(model).evenly(devices.size()));
    }
    var costs = LayerCosts.of(model, held::bytes);
    var problem =
        AllocationProblem.of(
            costs,
            devices,
            orAll(places.speeds(), 1.0),
            orAll(places.memoryBytes(), Long.MAX_VALUE));
    return AllocationSearch.best(problem)
        .map(allocation -> Checked.ok(allocation.layers()))
        .orElseGet(() -> Checked.failed(tooLittle(problem)));
  }

  private <T> List<T> orAll(List<T> said, T usual) {
    return said.isEmpty() ? Collections.nCopies(knobs.degree(), usual) : said;
  }

  private Diagnostic tooLittle(AllocationProblem problem) {
    long missing = AllocationSearch.missingBytes(problem);
    var message =
        "the weights of the layers, with what training keeps for them, do not fit memory=%s; the"
            + " nearest legal value is memory=%s";
    return Diagnostic.of(
        KnobCode.PLACE_MEMORY,
        place,
        message.formatted(text(problem.limits(), 0), text(problem.limits(), missing)));
  }

  private static String text(List<Long> limits, long more) {
    return limits.stream().map(l -> Long.toString(l + more)).collect(Collectors.joining("/"));
  }
}
