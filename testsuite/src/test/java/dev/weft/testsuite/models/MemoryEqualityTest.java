package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.TrafficUse;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The memory and traffic that are predicted from the text of a step are those that its run
 * measures, to the byte and on every device.
 */
class MemoryEqualityTest {
  /** The second step begins with weights that the first has made. */
  private static final int STEPS = 2;

  private static final long SEED = 0;
  private static final String LAYERS = "layers";

  private static final List<String> PLANS =
      List.of(
          "dp=1",
          "dp=1,micro=4",
          "dp=4",
          "dp=2,zero=1",
          "dp=4,zero=1,hybrid=2,micro=2",
          "dp=4,zero=3,micro=2",
          "tp=2",
          "tp=4,sp,micro=4",
          "dp=2,tp=2",
          "dp=2,tp=2,sp,zero=1",
          "dp=2,tp=4,sp,zero=1,micro=4",
          "dp=2,tp=2,zero=2,micro=2",
          "dp=2,remat=full",
          "dp=2,zero=1,offload=optimizer",
          "dp=2,zero=3,offload=params+activations,micro=2",
          "dp=2,zero=3,offload=params+optimizer,cache=24KiB,micro=2",
          "offload=params,cache=40KiB,remat=full",
          "pp=2,offload=activations+params+optimizer,micro=4",
          "pp=2,micro=4",
          "pp=2,schedule=gpipe,remat=selective,micro=4",
          "pp=2,tp=2,sp,schedule=zb-h2,micro=4",
          "dp=2,pp=2,schedule=zb-h1,zero=1,micro=4");

  /** Several stages on each device: for these a model needs four layers. */
  private static final List<String> DEEP_PLANS =
      List.of(
          "pp=4,micro=8",
          "pp=2,chunks=2,micro=4",
          "pp=2,chunks=2,micro=4,offload=params,cache=64KiB",
          "dp=2,pp=2,chunks=2,zero=1,remat=full,micro=4",
          "pp=2,schedule=zb-v,micro=4",
          "pp=2,schedule=dualpipe-v,micro=8");

  private static final List<String> OPTIMIZERS =
      List.of(
          "sgd(lr: 0.1)",
          "sgd(lr: 0.1, momentum: 0.9, clip_norm: 1.0)",
          "adamw(lr: 1e-3, clip_norm: 0.1, loss_scale: 1024)",
          "lamb(lr: 1e-3, clip_norm: 1.0, loss_scale: dynamic)");

  private static final List<String> OPTIMIZER_PLANS =
      List.of("dp=2,micro=2", "dp=2,tp=2,zero=1", "dp=2,zero=3", "pp=2,dp=2,zero=2,micro=4");

  @TestFactory
  Stream<DynamicNode> everyExampleTakesWhatIsPredicted() {
    return Example.ALL.stream().map(e -> dynamicContainer(e.name(), tests(e, e.small(), PLANS)));
  }

  @TestFactory
  Stream<DynamicNode> deepModelsTakeWhatIsPredicted() {
    return Example.ALL.stream()
        .filter(e -> e.smaller().containsKey(LAYERS))
        .map(e -> dynamicContainer(e.name(), tests(e, e.small().with(LAYERS, "4"), DEEP_PLANS)));
  }

  /** Positions and attention that is written out take memory of their own. */
  @TestFactory
  Stream<DynamicNode> dropoutTakesWhatIsPredicted() {
    var gpt2 = Example.ALL.getFirst();
    return tests(gpt2, gpt2.small().with("dropout", "0.1"), PLANS);
  }

  /** Clipping, loss scaling and layer-wise rates have state and sums of their own. */
  @TestFactory
  Stream<DynamicNode> everyOptimizerTakesWhatIsPredicted() {
    var gpt2 = Example.ALL.getFirst();
    return OPTIMIZERS.stream()
        .map(
            optimizer -> {
              var text =
                  gpt2.source().text().replaceAll("optimizer = .*", "optimizer = " + optimizer);
              var source = new Source("gpt2.weft", text);
              var tests =
                  OPTIMIZER_PLANS.stream()
                      .map(k -> dynamicTest(k, () -> assertEqual(source, gpt2.small(), k)));
              return dynamicContainer(optimizer, tests);
            });
  }

  private static Stream<DynamicNode> tests(Example example, Options options, List<String> plans) {
    return plans.stream()
        .map(knobs -> dynamicTest(knobs, () -> assertEqual(example.source(), options, knobs)));
  }

  private static void assertEqual(Source source, Options options, String knobs) {
    var compilation = Compilation.of(source, options, PlanChoice.knobs(knobs)).orThrow();
    var step = compilation.step().orThrow();
    var run = run(step, compilation.forward());
    var devices = MemoryUse.ofDevices(step);
    var hosts = MemoryUse.ofDevices(step, MemorySpace.HOST);
    assertThat(peaks(devices)).as("on every device").isEqualTo(run.peakMemoryBytes());
    assertThat(peaks(hosts)).as("on every host").isEqualTo(run.peakHostMemoryBytes());
    assertNamed(devices, hosts);
    assertThat(TrafficUse.ofAllDevices(step).times(STEPS).byKind())
        .as("traffic of all devices and steps")
        .isEqualTo(measured(run));
  }

  private static TrainingRun run(Module step, Module model) {
    var whole = model.only();
    var run = new TrainingRun(step, new Grid(step.mesh()), Weights.initial(whole, SEED));
    var batches = Batches.synthetic(whole, SEED);
    for (int k = 1; k <= STEPS; k++) {
      run.next(batches.batch(k));
    }
    return run;
  }

  private static Map<String, Sent> measured(TrainingRun run) {
    var sent = new TreeMap<String, Sent>();
    run.traffic().forEach((kind, t) -> sent.put(kind, new Sent(t.calls(), t.bytes())));
    return sent;
  }

  private static List<Long> peaks(List<MemoryUse> memory) {
    return memory.stream().map(MemoryUse::peakBytes).toList();
  }

  /**
   * The terms make the peak; every device has weights, on itself or on its host, and some device
   * has activations.
   */
  private static void assertNamed(List<MemoryUse> devices, List<MemoryUse> hosts) {
    long activations = 0;
    for (int i = 0; i < devices.size(); i++) {
      var device = devices.get(i).terms();
      var host = hosts.get(i).terms();
      assertThat(device.total()).isEqualTo(devices.get(i).peakBytes());
      assertThat(host.total()).isEqualTo(hosts.get(i).peakBytes());
      assertThat(device.parameters() + host.parameters()).isPositive();
      activations += device.activations() + host.activations();
    }
    assertThat(activations).isPositive();
  }
}
