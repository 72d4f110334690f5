package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.Prefetch;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.source.Span;
import dev.weft.passes.knobs.PlanFromKnobs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a plan: any mesh, any axes over any mesh axes, or what degrees mean; seldom an illegal one.
 */
final class RandomPlan {
  static final int MOST_DEVICES = 8;
  private static final List<Integer> MESH_SIZES = List.of(1, 2, 2, 2, 3, 4);
  private static final List<Integer> MICRO_BATCHES = List.of(1, 1, 1, 1, 1, 2, 3, 4);
  private static final List<Integer> DEGREES = List.of(1, 2, 2);
  private static final int MOST_RULES = 5;
  private final Random random;
  private final Mesh mesh;
  private final Map<String, Long> sizes;

  private RandomPlan(Random random, Function model) {
    this.random = random;
    this.mesh = mesh(random);
    this.sizes = sizes(model);
  }

  /** The plan of a seed for a model, whose micro-batches the model is written for. */
  static Plan draw(long seed, Function model) {
    var random = new Random(~seed);
    var fromKnobs = random.nextInt(6) == 0 ? fromKnobs(random, model) : Optional.<Plan>empty();
    var plan =
        fromKnobs
            .orElseGet(() -> new RandomPlan(random, model).draw(model))
            .withRemat(remat(random))
            .withOffload(offload(random))
            .withPrefetch(random.nextInt(3) == 0 ? Prefetch.OFF : Prefetch.ON);
    return plan.withCache(cache(random, plan.offload()));
  }

  /** For weights on the host mostly some memory, which may be too small for any of them. */
  private static CachePlan cache(Random random, Set<Offload> offload) {
    return !offload.contains(Offload.PARAMS) || random.nextInt(4) == 0
        ? new CachePlan.None()
        : new CachePlan.Size(1L << (5 + random.nextInt(10)));
  }

  /** Mostly nothing. */
  private static Set<Offload> offload(Random random) {
    return random.nextInt(6) > 0
        ? Set.of()
        : Stream.of(Offload.values()).filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
  }

  /** Mostly nothing, seldom a budget, which may be too small. */
  private static RematPlan remat(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new RematPlan.Full();
      case 2 -> new RematPlan.Selective();
      case 3 -> new RematPlan.Budget(1L << (12 + random.nextInt(6)));
      default -> new RematPlan.None();
    };
  }

  /** What degrees mean for the model, if they mean anything. */
  private static Optional<Plan> fromKnobs(Random random, Function model) {
    int dp = DEGREES.get(random.nextInt(DEGREES.size()));
    int tp = DEGREES.get(random.nextInt(DEGREES.size()));
    boolean sequence = tp > 1 && random.nextBoolean();
    var knobs = new Knobs(dp, tp, sequence, 1 + random.nextInt(2), random.nextInt(4));
    return PlanFromKnobs.make(knobs, model, Axes.BATCH, Span.NONE).value();
  }

  private Plan draw(Function model) {
    var rules = new ArrayList<AxisRule>();
    int count = 1 + random.nextInt(MOST_RULES);
    for (int tried = 0; rules.size() < count && tried < 30; tried++) {
      rule(tried == 0 && random.nextBoolean() ? Axes.BATCH : anyAxis(), rules);
    }
    Collections.shuffle(rules, random);
    int micro = MICRO_BATCHES.get(random.nextInt(MICRO_BATCHES.size()));
    return new Plan(mesh, rules, micro, optimizer(model, rules));
  }

  private String anyAxis() {
    var names = List.copyOf(sizes.keySet());
    return names.get(random.nextInt(names.size()));
  }

  private void rule(String axis, List<AxisRule> rules) {
    var over = someAxes(random.nextInt(5) == 0 ? 2 : 1);
    boolean divisible = sizes.getOrDefault(axis, 1L) % mesh.size(over) == 0;
    boolean legal = divisible && !axis.startsWith("loop");
    var scope = random.nextInt(4) == 0 ? Scope.ACTIVATIONS : Scope.ALL;
    boolean known = rules.stream().anyMatch(r -> r.axis().equals(axis) && r.scope() == scope);
    if (!known && !over.isEmpty() && (legal || random.nextInt(60) == 0)) {
      rules.add(new AxisRule(axis, over, scope, "drawn"));
    }
  }

  private List<String> someAxes(int most) {
    var names = new ArrayList<>(mesh.axes().stream().map(MeshAxis::name).toList());
    Collections.shuffle(names, random);
    return names.subList(0, Math.min(most, names.size()));
  }

  /** Mostly over mesh axes that cut no weight. */
  private OptimizerSharding optimizer(Function model, List<AxisRule> rules) {
    var cutting = new HashSet<String>();
    for (int i : model.inputIndices(Port.Weight.class)) {
      var weight = model.body().params().get(i).type();
      rules.stream()
          .filter(r -> weight.bears(r.axis()) && r.scope() == Scope.ALL)
          .forEach(r -> cutting.addAll(r.over()));
    }
    boolean any = random.nextInt(12) == 0;
    var over = someAxes(random.nextInt(4)).stream().filter(a -> any || !cutting.contains(a));
    return new OptimizerSharding(random.nextInt(4), over.toList());
  }

  private static Mesh mesh(Random random) {
    var axes = new ArrayList<MeshAxis>();
    int devices = 1;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int size = MESH_SIZES.get(random.nextInt(MESH_SIZES.size()));
      if (devices * size <= MOST_DEVICES) {
        devices *= size;
        axes.add(new MeshAxis(List.of("p", "q", "r").get(axes.size()), size));
      }
    }
    return new Mesh(axes);
  }

  private static Map<String, Long> sizes(Function model) {
    var sizes = new TreeMap<String, Long>();
    model.body().params().forEach(p -> p.type().dims().forEach(d -> put(sizes, d)));
    model
        .body()
        .allNodes()
        .forEach(n -> n.types().forEach(t -> t.dims().forEach(d -> put(sizes, d))));
    return sizes;
  }

  private static void put(Map<String, Long> sizes, dev.weft.ir.type.Dim dim) {
    sizes.putIfAbsent(dim.axis(), dim.size());
  }
}
