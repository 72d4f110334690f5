package dev.weft.cli.validate;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.compile.PlanReading;
import dev.weft.cli.pricing.ClusterChoice;
import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.cli.pricing.PricedStep;
import dev.weft.cli.pricing.Pricing;
import dev.weft.cli.validate.RowCase.Setting;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Checked;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.SoftwareSpec.AttentionStyle;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.simulate.MemoryPrice;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prices settings as Weft prices any plan. What rows share is made once: specifications, and the
 * workloads of a model.
 */
public final class SettingPricer implements RowPricer {
  private final Pricing pricing = new Pricing();
  private final Map<ModelKey, Checked<ModelWorkloads>> models = new ConcurrentHashMap<>();
  private final Map<String, Checked<Cluster>> clusters = new ConcurrentHashMap<>();
  private final Map<String, Checked<SoftwareSpec>> stacks = new ConcurrentHashMap<>();

  private record ModelKey(Architecture architecture, Options options) {}

  @Override
  public Checked<Predicted> price(Setting setting) {
    return step(setting).map(step -> predicted(step, setting));
  }

  /** What is simulated for a setting. */
  public Checked<PricedStep> step(Setting setting) {
    return clusters
        .computeIfAbsent(setting.cluster(), Clusters::named)
        .map(cluster -> linked(cluster, setting))
        .then(cluster -> step(setting, cluster));
  }

  private Checked<PricedStep> step(Setting setting, Cluster cluster) {
    return stacks
        .computeIfAbsent(setting.software(), name -> Specs.named(SoftwareSpec.class, name))
        .map(stack -> stack.with(style(setting), setting.products()))
        .then(stack -> step(setting, new ClusterChoice(cluster, stack)));
  }

  private Checked<PricedStep> step(Setting setting, ClusterChoice on) {
    var choice = PlanChoice.knobs(setting.knobs()).on(Math.toIntExact(setting.devices()));
    return models
        .computeIfAbsent(
            new ModelKey(setting.architecture(), setting.options()),
            key -> ModelWorkloads.of(setting.model(), key.options()))
        .then(
            model ->
                PlanReading.read(choice, model.model())
                    .then(plan -> pricing.step(model, plan, on)));
  }

  private static AttentionStyle style(Setting setting) {
    return setting.isFused() ? AttentionStyle.FUSED : AttentionStyle.WRITTEN_OUT;
  }

  /** A cluster whose outermost links have a bandwidth that a row states or measured. */
  private static Cluster linked(Cluster cluster, Setting setting) {
    if (setting.measured().isPresent()) {
      return setting.measured().get().applied(cluster, setting.devices());
    }
    var bandwidth = setting.nodeBandwidth();
    if (bandwidth.isEmpty()) {
      return cluster;
    }
    var links = new ArrayList<LinkSpec>(cluster.links());
    links.add(links.removeLast().withBandwidth(bandwidth.getAsDouble()));
    return new Cluster(cluster.name(), cluster.description(), cluster.nodes(), links);
  }

  private static Predicted predicted(PricedStep step, Setting setting) {
    var price = step.price();
    double update =
        step.job().software().bufferBytes()
            + price.places().stream()
                .mapToDouble(place -> updateBytes(place.memory(), setting))
                .max()
                .orElse(0);
    double fullness = (double) price.memory().deviceBytes() / price.capacityBytes();
    return new Predicted(price.seconds(), price.memory().allocatedBytes(), update, fullness);
  }

  /**
   * Weights, gradients and optimizer state. Where each replica updates its share, the new share and
   * the whole that is gathered from all shares lie beside the weights.
   */
  private static double updateBytes(MemoryPrice memory, Setting setting) {
    double held = memory.weights() + memory.updateGradients() + memory.optimizer();
    return setting.sharing() == 1 ? held : held + memory.weights() * (1 + 1.0 / setting.sharing());
  }
}
