package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.passes.simulate.Binding;
import dev.weft.passes.simulate.StepPrice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the average device spends a step on. */
record StepShares(StepPrice price) {
  /** The greatest ones: {@code matrix products 61%, the bubble of the pipeline 12%}. */
  String text(int count) {
    return Binding.of(price).stream()
        .limit(count)
        .map(b -> String.format(Locale.ROOT, "%s %.0f%%", b.text(), 100 * share(b)))
        .collect(Collectors.joining(", "));
  }

  private double share(Binding binding) {
    return binding.seconds(price) / price.seconds();
  }

  /** Where another step takes longer: {@code the bubble of the pipeline +0.21 s}; may be empty. */
  String longer(StepPrice other) {
    return Arrays.stream(Binding.values())
        .filter(b -> more(b, other) > 1e-6 * price.seconds())
        .sorted(Comparator.comparingDouble(b -> -more(b, other)))
        .limit(2)
        .map(b -> String.format(Locale.ROOT, "%s %+.3g s", b.text(), more(b, other)))
        .collect(Collectors.joining(", "));
  }

  private double more(Binding binding, StepPrice other) {
    return binding.seconds(other) - binding.seconds(price);
  }

  void json(ObjectNode node) {
    Binding.of(price).forEach(b -> node.put(b.name().toLowerCase(Locale.ROOT), b.seconds(price)));
  }
}
