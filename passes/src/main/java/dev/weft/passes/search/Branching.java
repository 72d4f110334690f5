package dev.weft.passes.search;

import dev.weft.ir.plan.ExpertKnobs;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Fullest;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.simulate.Backwards;
import dev.weft.passes.simulate.JobPrices;
import dev.weft.passes.simulate.Simulation;
import dev.weft.passes.simulate.StageCut;
import dev.weft.passes.simulate.StepBound;
import dev.weft.passes.simulate.StepMemory;
import dev.weft.passes.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Cuts sets of choices into smaller ones, without those that cannot fit the memory. */
final class Branching {
  private final SearchedModel model;
  private final Target target;
  private final Plans plans;
  private final SearchSpace space;
  private final Map<Line, Schedule> schedules = new ConcurrentHashMap<>();
  private final Map<Line, List<Fullest>> fullest = new ConcurrentHashMap<>();
  private final Map<Stages, StageCut> cuts = new ConcurrentHashMap<>();

  /** What a schedule is made from. */
  private record Line(ScheduleKind kind, int places, int chunks, int microBatches) {
    static Line of(Layout layout, Order order) {
      return new Line(order.kind(), layout.pp(), order.chunks(), layout.microBatches());
    }
  }

  /** Layouts that cut tensors and experts alike. */
  private record Cut(int tp, boolean sp, ExpertKnobs experts) {
    static Cut of(Layout layout) {
      return new Cut(layout.tp(), layout.sp(), layout.experts());
    }
  }

  /** Layers and weights of stages: what all layouts share that cut tensors and layers alike. */
  private record Stages(Cut cut, int pp, Optional<Order> order) {}

  /** A choice that fits. */
  record Found(Choice choice, PricedPlan plan) {}

  /**
   * What a set is cut into.
   *
   * @param open smaller sets
   * @param found what fits, of the choices that were simulated
   * @param evaluated how many were simulated
   */
  record Branches(List<Open> open, List<Found> found, int evaluated) {}

  Branching(SearchedModel model, Target target, Plans plans, SearchSpace space) {
    this.model = model;
    this.target = target;
    this.plans = plans;
    this.space = space;
  }

  /** Sets of which each choice is in one, nothing computed again at first. */
  List<Open> roots(List<Layout> layouts) {
    var cuts = new LinkedHashMap<Cut, List<Layout>>();
    for (var layout : layouts) {
      cuts.computeIfAbsent(Cut.of(layout), _ -> new ArrayList<>()).add(layout);
    }
    return cuts.values().parallelStream().map(this::rootsOf).flatMap(List::stream).toList();
  }

  /**
   * Of layouts that cut tensors alike. What lies outside of repeats needs the same memory however
   * memory is saved, and the more the greater a micro-batch is: the first size with too much ends
   * it.
   */
  private List<Open> rootsOf(List<Layout> layouts) {
    var bySize = layouts.stream().sorted(Comparator.comparingLong(Layout::size)).toList();
    var roots = new ArrayList<Open>();
    for (var layout : bySize) {
      var saving = new Saving(new RematPlan.None(), 0, Set.of());
      var workload = workload(plans.of(layout, saving));
      if (workload.isEmpty()) {
        continue;
      }
      var laid = laid(layout, saving, workload.get());
      if (new StepBound(laid.prices()).outsideBytes() > target.limitBytes()) {
        break;
      }
      roots.add(laid);
    }
    return roots;
  }

  Branches branch(Open open) {
    return switch (open) {
      case Open.Laid laid -> new Branches(saved(laid), List.of(), 0);
      case Open.Saved saved -> new Branches(singles(saved), List.of(), 0);
      case Open.Single single -> evaluate(single);
    };
  }

  /**
   * All ways to save memory. A policy of remat only adds work to that of none, so that a layout's
   * other policies are looked at when the bound of none has not ruled it out.
   */
  private List<Open> saved(Open.Laid laid) {
    var open = new ArrayList<Open>();
    var layout = laid.layout();
    if (laid.saving().remat() instanceof RematPlan.None) {
      for (var remat : Saving.REMATS.subList(1, Saving.REMATS.size())) {
        var saving = new Saving(remat, 0, Set.of());
        workload(plans.of(layout, saving)).ifPresent(load -> open.add(laid(layout, saving, load)));
      }
    }
    for (var saving : Saving.all(laid.saving().remat(), layout.dp())) {
      var prices = laid.prices().under(plans.of(layout, saving));
      var bound = new StepBound(prices);
      if (bound.memoryBytes() <= target.limitBytes()) {
        open.add(new Open.Saved(bound.seconds(), layout, saving, prices, bound, laid.workload()));
      }
    }
    return open;
  }

  private List<Open> singles(Open.Saved saved) {
    var open = new ArrayList<Open>();
    for (var order : space.orders(saved.layout())) {
      var choice = new Choice(saved.layout(), saved.saving(), order);
      var cut = cut(choice, saved.workload());
      if (saved.bound().memoryBytes(cut, fullest(choice)) > target.limitBytes()) {
        continue;
      }
      var backwards = order.map(o -> Backwards.of(o.kind())).orElse(Backwards.WHOLE);
      double seconds = saved.bound().seconds(cut, backwards);
      open.add(new Open.Single(seconds, choice, cut, saved.prices()));
    }
    return open;
  }

  private Branches evaluate(Open.Single single) {
    var found = simulated(single.choice(), single.prices(), single.cut());
    return new Branches(List.of(), found.stream().toList(), 1);
  }

  private Optional<Found> simulated(Choice choice, JobPrices prices, StageCut cut) {
    var schedule = schedule(choice);
    var memory = StepMemory.of(prices, cut, schedule);
    if (!target.holds(memory)) {
      return Optional.empty();
    }
    var price = Simulation.run(prices, cut, schedule, memory).price();
    var plan = plans.of(choice);
    return Optional.of(
        new Found(choice, new PricedPlan(choice.knobs(), choice.layout().size(), plan, price)));
  }

  private StageCut cut(Choice choice, Workload workload) {
    var layout = choice.layout();
    return cuts.computeIfAbsent(
        new Stages(Cut.of(layout), layout.pp(), choice.order()),
        _ -> StageCut.of(workload, plans.of(choice)));
  }

  private List<Fullest> fullest(Choice choice) {
    var layout = choice.layout();
    return choice
        .order()
        .map(
            order ->
                fullest.computeIfAbsent(
                    Line.of(layout, order),
                    line ->
                        Schedules.fullest(line.kind, line.places, line.chunks, line.microBatches)))
        .orElse(List.of(Fullest.SERIAL));
  }

  private Schedule schedule(Choice choice) {
    var layout = choice.layout();
    return choice
        .order()
        .map(order -> schedule(layout, order))
        .orElseGet(() -> Simulation.serial(layout.microBatches()));
  }

  private Schedule schedule(Layout layout, Order order) {
    return schedules.computeIfAbsent(
        Line.of(layout, order),
        line -> Schedules.unproved(line.kind, line.places, line.chunks, line.microBatches));
  }

  private Optional<Workload> workload(Plan plan) {
    return model.workload(plan).value();
  }

  private Open.Laid laid(Layout layout, Saving saving, Workload workload) {
    var prices = new JobPrices(target.job(model, plans.of(layout, saving), workload));
    return new Open.Laid(new StepBound(prices).seconds(), layout, saving, prices, workload);
  }
}
