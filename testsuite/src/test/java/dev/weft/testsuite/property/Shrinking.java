package dev.weft.testsuite.property;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.RematPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a failing sample small: drops what it can as long as the sample still fails. */
final class Shrinking {
  private static final int MOST_TRIALS = 3000;
  private final Predicate<Sample> fails;
  private int trials;

  private Shrinking(Predicate<Sample> fails) {
    this.fails = fails;
  }

  /** A sample that fails and of which nothing can be dropped. */
  static Sample shrink(Sample failing, Predicate<Sample> fails) {
    return new Shrinking(fails).shrink(failing);
  }

  private Sample shrink(Sample sample) {
    var smaller = smaller(sample).filter(this::tryOut).findFirst();
    return smaller.isPresent() && trials < MOST_TRIALS ? shrink(smaller.get()) : sample;
  }

  private boolean tryOut(Sample candidate) {
    return trials++ < MOST_TRIALS && fails.test(candidate);
  }

  /** Everything that is one step smaller, big steps first. */
  static Stream<Sample> smaller(Sample sample) {
    long size = sample.size();
    return Stream.of(plans(sample), models(sample), batches(sample))
        .flatMap(all -> all)
        .filter(s -> s.size() < size);
  }

  private static Stream<Sample> batches(Sample sample) {
    return Stream.of(2L, 4L, 6L, 8L).filter(b -> b < sample.batch()).map(sample::withBatch);
  }

  private static Stream<Sample> models(Sample sample) {
    var model = sample.microBatch();
    int nodes = (int) model.body().allNodes().count();
    var outputs = IntStream.range(1, model.outputs().size()).mapToObj(Edit.DropOutput::new);
    var drops =
        IntStream.range(0, nodes)
            .map(i -> nodes - 1 - i)
            .boxed()
            .flatMap(i -> Stream.of(Edit.Substitute.values()).map(by -> new Edit.DropNode(i, by)));
    return Stream.<Edit>concat(outputs, drops)
        .filter(edit -> edit.apply(model).isPresent())
        .map(sample::with);
  }

  private static Stream<Sample> plans(Sample sample) {
    var plan = sample.plan();
    var found = new ArrayList<Sample>();
    found.add(sample.with(new OptimizerSpec.Sgd(0.1, 0)));
    found.add(sample.with(withOptimizer(plan, OptimizerSharding.NONE)));
    found.add(sample.with(plan.withRemat(new RematPlan.None())));
    found.add(sample.with(plan.withCache(new CachePlan.None())));
    found.add(sample.with(changed(plan, plan.mesh(), plan.shard(), 1, plan.optimizerSharding())));
    for (var axis : plan.mesh().axes()) {
      found.add(sample.with(withoutMeshAxis(plan, axis)));
      found.add(sample.with(resized(plan, axis, Math.max(1, axis.size() / 2))));
      found.add(sample.with(resized(plan, axis, Math.max(1, axis.size() - 1))));
    }
    for (int i = 0; i < plan.shard().size(); i++) {
      var rules = new ArrayList<>(plan.shard());
      rules.remove(i);
      found.add(sample.with(withRules(plan, rules)));
    }
    return found.stream();
  }

  private static Plan withRules(Plan plan, List<AxisRule> rules) {
    return plan.withShard(rules);
  }

  private static Plan withOptimizer(Plan plan, OptimizerSharding sharding) {
    return changed(plan, plan.mesh(), plan.shard(), plan.microBatches(), sharding);
  }

  private static Plan withoutMeshAxis(Plan plan, MeshAxis gone) {
    var axes = plan.mesh().axes().stream().filter(a -> !a.equals(gone)).toList();
    var rules =
        plan.shard().stream()
            .map(r -> new AxisRule(r.axis(), without(r.over(), gone), r.scope(), r.why()))
            .filter(r -> !r.over().isEmpty())
            .toList();
    var sharding = plan.optimizerSharding();
    var over = new OptimizerSharding(sharding.level(), without(sharding.over(), gone));
    return changed(plan, new Mesh(axes), rules, plan.microBatches(), over);
  }

  private static List<String> without(List<String> axes, MeshAxis gone) {
    return axes.stream().filter(a -> !a.equals(gone.name())).toList();
  }

  private static Plan resized(Plan plan, MeshAxis axis, int size) {
    var axes =
        plan.mesh().axes().stream()
            .map(a -> a.equals(axis) ? new MeshAxis(a.name(), size) : a)
            .toList();
    var micro = plan.microBatches();
    return changed(plan, new Mesh(axes), plan.shard(), micro, plan.optimizerSharding());
  }

  private static Plan changed(
      Plan plan, Mesh mesh, List<AxisRule> rules, int micro, OptimizerSharding sharding) {
    return new Plan(mesh, rules, micro, sharding)
        .withRemat(plan.remat())
        .withOffload(plan.offload())
        .withCache(plan.cache())
        .withPrefetch(plan.prefetch());
  }
}
