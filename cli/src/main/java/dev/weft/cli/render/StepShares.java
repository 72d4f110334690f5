package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.passes.simulate.PlacePrice;
import dev.weft.passes.simulate.StepPrice;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the average device spends a step on.
 *
 * @param seconds by what it is
 */
record StepShares(Map<String, Double> seconds, double step) {
  private static final Map<String, ToDoubleFunction<PlacePrice>> PARTS = parts();

  static StepShares of(StepPrice price) {
    var seconds = new LinkedHashMap<String, Double>();
    PARTS.forEach(
        (name, part) ->
            seconds.put(name, price.places().stream().mapToDouble(part).average().orElse(0)));
    return new StepShares(seconds, price.seconds());
  }

  private static Map<String, ToDoubleFunction<PlacePrice>> parts() {
    var parts = new LinkedHashMap<String, ToDoubleFunction<PlacePrice>>();
    parts.put("products", p -> p.work().products());
    parts.put("attention", p -> p.work().attention());
    parts.put("streams", p -> p.work().streams());
    parts.put("launch", p -> p.work().launch());
    parts.put("tensor", p -> p.work().tensor());
    parts.put("weights", p -> p.work().weights() + p.gathering());
    parts.put("gradients", PlacePrice::gradients);
    parts.put("optimizer", PlacePrice::optimizer);
    parts.put("waiting", PlacePrice::waiting);
    return parts;
  }

  /** The greatest ones: {@code products 61%, waiting 12%}. */
  String text(int count) {
    return seconds.entrySet().stream()
        .sorted(Comparator.comparingDouble(e -> -e.getValue()))
        .limit(count)
        .map(e -> String.format(Locale.ROOT, "%s %.0f%%", e.getKey(), 100 * e.getValue() / step))
        .collect(Collectors.joining(", "));
  }

  /** Where another step takes longer: {@code waiting +0.21 s}. */
  String difference(StepShares other) {
    return seconds.keySet().stream()
        .filter(name -> more(other, name) > 0)
        .sorted(Comparator.comparingDouble(name -> -more(other, name)))
        .limit(2)
        .map(name -> String.format(Locale.ROOT, "%s %+.3g s", name, more(other, name)))
        .collect(Collectors.joining(", "));
  }

  private double more(StepShares other, String name) {
    return other.seconds.getOrDefault(name, 0.0) - seconds.getOrDefault(name, 0.0);
  }

  void json(ObjectNode node) {
    seconds.forEach(node::put);
  }
}
