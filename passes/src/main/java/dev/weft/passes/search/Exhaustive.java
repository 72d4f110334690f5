package dev.weft.passes.search;

import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.simulate.JobPrices;
import dev.weft.passes.simulate.Simulation;
import dev.weft.passes.simulate.StageCut;
import dev.weft.passes.simulate.StepMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Tries every choice and rules out nothing: the truth that {@link Search} is compared with. The
 * memory of each is simulated, and where it suffices the step. What choices have in common is made
 * once for those of one layout.
 */
public final class Exhaustive {
  private final SearchedModel model;
  private final Target target;
  private final Plans plans;
  private final SearchSpace space;
  private final Consumer<Progress> watcher;
  private final LongAdder tried = new LongAdder();
  private final LongAdder fitting = new LongAdder();

  /**
   * How far it has come.
   *
   * @param tried choices whose memory was simulated
   * @param fitting those of them whose step was simulated, because the memory suffices
   */
  public record Progress(long tried, long fitting) {}

  /** All savings of one policy of remat. */
  private record Priced(Saving saving, JobPrices prices) {}

  private Exhaustive(SearchedModel model, Target target, Consumer<Progress> watcher) {
    this.model = model;
    this.target = target;
    this.plans = new Plans(model);
    this.space = new SearchSpace(model, target.devices(), plans);
    this.watcher = watcher;
  }

  /** The best plans of a model for a target. */
  public static Outcome run(SearchedModel model, Target target) {
    return run(model, target, _ -> {});
  }

  /**
   * The same with reports.
   *
   * @param watcher is told after each layout, by several threads
   */
  public static Outcome run(SearchedModel model, Target target, Consumer<Progress> watcher) {
    return new Exhaustive(model, target, watcher).run();
  }

  private Outcome run() {
    var layouts = space.layouts();
    var best = new Ranking();
    layouts.parallelStream().map(this::best).toList().forEach(best::offerAll);
    return new Outcome(best.plans(), space.size(layouts), tried.sum());
  }

  private Ranking best(Layout layout) {
    var best = new Ranking();
    for (var remat : Saving.REMATS) {
      var one = plans.of(layout, new Saving(remat, 0, Set.of()));
      model
          .workload(one)
          .value()
          .ifPresent(
              workload -> {
                var savings = new ArrayList<Priced>();
                for (var saving : Saving.all(remat, layout.dp())) {
                  var job = target.job(model, plans.of(layout, saving), workload);
                  savings.add(new Priced(saving, new JobPrices(job)));
                }
                for (var order : space.orders(layout)) {
                  var plan = plans.of(new Choice(layout, savings.getFirst().saving(), order));
                  tryAll(layout, order, StageCut.of(workload, plan), savings, best);
                }
              });
    }
    watcher.accept(new Progress(tried.sum(), fitting.sum()));
    return best;
  }

  private void tryAll(
      Layout layout, Optional<Order> order, StageCut cut, List<Priced> savings, Ranking best) {
    var schedule = schedule(layout, order);
    for (var one : savings) {
      var memory = StepMemory.of(one.prices(), cut, schedule);
      tried.increment();
      if (target.holds(memory)) {
        fitting.increment();
        var choice = new Choice(layout, one.saving(), order);
        var step = Simulation.run(one.prices(), cut, schedule, memory);
        best.offer(
            step.seconds(),
            choice,
            () -> new PricedPlan(choice.knobs(), layout.size(), plans.of(choice), step.price()));
      }
    }
  }

  private static Schedule schedule(Layout layout, Optional<Order> order) {
    return order
        .map(o -> Schedules.unproved(o.kind(), layout.pp(), o.chunks(), layout.microBatches()))
        .orElseGet(() -> Simulation.serial(layout.microBatches()));
  }
}
