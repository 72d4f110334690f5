package dev.weft.passes.search;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.simulate.Simulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan that needs least memory: micro-batches of one example, and everything that saves. Where
 * it does not fit, nothing does. Weights on the host are tried both ways, since those of a layer
 * need room twice while they come and go.
 */
public final class Leanest {
  private static final List<Set<Offload>> OFFLOADS =
      List.of(EnumSet.allOf(Offload.class), EnumSet.of(Offload.OPTIMIZER, Offload.ACTIVATIONS));

  private final SearchedModel model;
  private final Target target;
  private final Plans plans;

  private Leanest(SearchedModel model, Target target) {
    this.model = model;
    this.target = target;
    this.plans = new Plans(model);
  }

  /** The plan; empty where no combination of knobs is legal. */
  public static Optional<PricedPlan> of(SearchedModel model, Target target) {
    return new Leanest(model, target).find();
  }

  private Optional<PricedPlan> find() {
    var layouts = new SearchSpace(model, target.devices(), plans).layouts();
    return layouts.stream().filter(layout -> layout.size() == 1).toList().parallelStream()
        .flatMap(layout -> choices(layout).stream())
        .map(this::priced)
        .flatMap(Optional::stream)
        .toList()
        .stream()
        .min(Comparator.comparingLong(plan -> target.missingBytes(plan.price())));
  }

  private static List<Choice> choices(Layout layout) {
    var choices = new ArrayList<Choice>();
    var order =
        layout.pp() == 1
            ? Optional.<Order>empty()
            : Optional.of(new Order(ScheduleKind.ONE_F_ONE_B, 1));
    int greatest = layout.dp() == 1 ? 0 : OptimizerSharding.GREATEST_LEVEL;
    for (var remat : List.of(new RematPlan.None(), new RematPlan.Full())) {
      for (int zero = Math.max(0, greatest - 1); zero <= greatest; zero++) {
        for (var offload : OFFLOADS) {
          choices.add(new Choice(layout, new Saving(remat, zero, offload), order));
        }
      }
    }
    return choices;
  }

  private Optional<PricedPlan> priced(Choice choice) {
    var layout = choice.layout();
    var plan = plans.of(choice);
    var schedule =
        choice
            .order()
            .map(o -> Schedules.unproved(o.kind(), layout.pp(), 1, layout.microBatches()));
    return model
        .workload(plan)
        .value()
        .map(load -> target.job(model, plan, load))
        .map(job -> new PricedPlan(choice.knobs(), 1, plan, Simulation.of(job, schedule)));
  }
}
