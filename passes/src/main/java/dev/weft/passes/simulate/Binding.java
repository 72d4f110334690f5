package dev.weft.passes.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a device can spend a step on; what it spends most on binds. */
public enum Binding {
  COMPUTE("matrix products", p -> p.work().products()),
  ATTENTION("attention", p -> p.work().attention()),
  MEMORY_BANDWIDTH("memory bandwidth", p -> p.work().streams()),
  LAUNCH("the host's launching of kernels", p -> p.work().launch()),
  TENSOR("collectives within layers", p -> p.work().tensor()),
  TRANSFERS("messages between stages", PlacePrice::transfers),
  GRADIENTS("the reduction of gradients", p -> p.work().gradients() + p.gradients()),
  WEIGHTS("the gathering of weights", p -> p.work().weights() + p.gathering()),
  HOST_COPIES("copies from and to the host", p -> p.work().host()),
  OPTIMIZER("the update of the weights", PlacePrice::optimizer),
  STEP("what the host does once in a step", PlacePrice::host),
  BUBBLE("the bubble of the pipeline", PlacePrice::bubble);

  private final String text;
  private final ToDoubleFunction<PlacePrice> seconds;

  Binding(String text, ToDoubleFunction<PlacePrice> seconds) {
    this.text = text;
    this.seconds = seconds;
  }

  /** As it stands in a sentence. */
  public String text() {
    return text;
  }

  /** Seconds of a step of the device of a place. */
  public double seconds(PlacePrice place) {
    return seconds.applyAsDouble(place);
  }

  /** Seconds of the average place. */
  public double seconds(StepPrice price) {
    return price.places().stream().mapToDouble(seconds).average().orElse(0);
  }

  /** Those that take something, the greatest first. */
  public static List<Binding> of(StepPrice price) {
    return Arrays.stream(values())
        .filter(b -> b.seconds(price) > 0)
        .sorted((a, b) -> Double.compare(b.seconds(price), a.seconds(price)))
        .toList();
  }
}
