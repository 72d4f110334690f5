package dev.weft.passes.search;

import dev.weft.ir.plan.ExpertKnobs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every legal combination of knobs of a model on a number of devices: {@code pp * dp * tp} is that
 * number, every stage has a layer, the batch divides into replicas and micro-batches, and the axes
 * of the model into the degrees.
 */
final class SearchSpace {
  private final SearchedModel model;
  private final int devices;
  private final Plans plans;

  SearchSpace(SearchedModel model, int devices, Plans plans) {
    this.model = model;
    this.devices = devices;
    this.plans = plans;
  }

  /** In ascending order. */
  List<Layout> layouts() {
    var layouts = new ArrayList<Layout>();
    for (int pp : divisors(devices)) {
      if (pp > 1 && pp > model.layers()) {
        continue;
      }
      for (int tp : divisors(devices / pp)) {
        for (boolean sp : tp == 1 ? new boolean[] {false} : new boolean[] {false, true}) {
          for (var experts : experts(devices / pp / tp, tp)) {
            add(layouts, pp, devices / pp / tp, tp, sp, experts);
          }
        }
      }
    }
    Collections.sort(layouts);
    return layouts;
  }

  /** Experts lie together, or among devices whose number divides theirs. */
  private List<ExpertKnobs> experts(int dp, int tp) {
    var choices = new ArrayList<ExpertKnobs>();
    for (int degree : divisors(model.experts())) {
      for (int tensor : tp == 1 ? new int[] {1} : new int[] {1, tp}) {
        var choice = new ExpertKnobs(degree, tensor);
        boolean isWhole = tensor == tp || degree % tp == 0;
        boolean isUsual = degree > 1 || tensor == tp;
        if (isUsual && isWhole && dp % choice.replicas(tp) == 0) {
          choices.add(choice);
        }
      }
    }
    return choices;
  }

  /** Whether a degree is legal does not depend on the size of a micro-batch. */
  private void add(List<Layout> layouts, int pp, int dp, int tp, boolean sp, ExpertKnobs experts) {
    if (model.batch() % dp != 0) {
      return;
    }
    long each = model.batch() / dp;
    var first = new Layout(pp, dp, tp, sp, experts, each, 1);
    if (plans.of(first).hasErrors()) {
      return;
    }
    for (long size = 1; size <= each; size++) {
      if (each % size == 0) {
        layouts.add(new Layout(pp, dp, tp, sp, experts, size, Math.toIntExact(each / size)));
      }
    }
  }

  List<Optional<Order>> orders(Layout layout) {
    return layout.pp() == 1
        ? List.of(Optional.empty())
        : Order.all(layout.pp(), model.layers()).stream().map(Optional::of).toList();
  }

  /** How many combinations some layouts have. */
  long size(List<Layout> layouts) {
    long size = 0;
    for (var layout : layouts) {
      long savings = Saving.all(Saving.REMATS.getFirst(), layout.dp()).size();
      size += Saving.REMATS.size() * savings * orders(layout).size();
    }
    return size;
  }

  private static List<Integer> divisors(int number) {
    var found = new ArrayList<Integer>();
    for (int d = 1; d <= number; d++) {
      if (number % d == 0) {
        found.add(d);
      }
    }
    return found;
  }
}
