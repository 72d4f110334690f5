package dev.weft.passes.offload;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts the weights of all functions on the host, but for what a cache of a given size keeps on the
 * device between uses.
 *
 * @param schedule of the plan's pipeline, where it has one
 */
record KeptWeights(Plan plan, Optional<Schedule> schedule) {

  /** The functions of a module: one for each stage, or one of the whole model. */
  Checked<List<Function>> rewrite(List<Function> functions, long capacity) {
    var rewritten = new ArrayList<>(functions);
    var least = OptionalLong.empty();
    boolean keeps = false;
    for (var places : places()) {
      var uses = places.stream().map(functions::get).map(StageUses::of).toList();
      var place = new PlaceCache(uses, calls(places));
      var residents = place.choose(capacity);
      for (int s = 0; s < places.size(); s++) {
        rewritten.set(places.get(s), rewrite(functions.get(places.get(s)), residents.get(s)));
      }
      keeps |= residents.stream().anyMatch(r -> !r.isEmpty());
      var own = place.leastBytes();
      if (own.isPresent()) {
        least = OptionalLong.of(Math.min(own.getAsLong(), least.orElse(Long.MAX_VALUE)));
      }
    }
    return keeps || least.isEmpty()
        ? Checked.ok(rewritten)
        : Checked.failed(tooSmall(capacity, least.getAsLong()));
  }

  private Function rewrite(Function function, Residents residents) {
    var split = SplitLayers.of(function, residents.rows());
    var names = names(function, residents);
    return runsOnce() ? WeightsOnHost.fetching(split, names) : WeightsOnHost.given(split, names);
  }

  /** The ports of what stays, in the function whose layers are cut. */
  private static Set<String> names(Function function, Residents residents) {
    var names = new HashSet<String>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      var port = (Port.Weight) function.inputs().get(i);
      var param = function.body().params().get(i);
      if (residents.whole().contains(param)) {
        names.add(port.name());
      }
      residents
          .rows()
          .forEach(
              (group, rows) -> {
                if (group.weights().contains(param) && residents.stacked().contains(param)) {
                  int layers = group.layers();
                  names.add(
                      rows == layers
                          ? port.name()
                          : SplitLayers.rows(port, layers, layers - rows, rows).name());
                }
              });
    }
    return names;
  }

  /** A function that runs once fetches its weights itself. */
  private boolean runsOnce() {
    return schedule.isEmpty() && plan.microBatches() == 1;
  }

  /** The stages of each place. */
  private List<List<Integer>> places() {
    return schedule
        .map(s -> plan.pipeline().orElseThrow().stagesOfPlaces(s.devices()))
        .orElse(List.of(List.of(0)));
  }

  private List<PlaceCache.Call> calls(List<Integer> stages) {
    var calls = new ArrayList<PlaceCache.Call>();
    if (schedule.isEmpty()) {
      for (int m = 0; m < plan.microBatches(); m++) {
        calls.add(new PlaceCache.Call(0, Phase.FORWARD));
        calls.add(new PlaceCache.Call(0, Phase.BACKWARD));
      }
      return calls;
    }
    int place = plan.pipeline().orElseThrow().stages().get(stages.getFirst()).device();
    for (var action : schedule.get().rows().get(place)) {
      // The weights' half of a backward takes what was saved, and hardly any weights.
      if (action.phase() != Phase.WEIGHT_GRADIENT) {
        calls.add(new PlaceCache.Call(stages.indexOf(action.stage()), action.phase()));
      }
    }
    return calls;
  }

  private static Diagnostic tooSmall(long capacity, long least) {
    return Diagnostic.of(
            OffloadCode.CACHE_TOO_SMALL,
            Span.NONE,
            "a cache of " + capacity + " bytes has room for no layer and no weight")
        .note("the nearest legal value is " + least + ", with which the smallest of them fits");
  }
}
