package dev.weft.runtime.train;

import dev.weft.ir.plan.LossScale;
import java.util.Optional;

/** The scale of the loss from step to step. */
final class PlainScale {
  private final Optional<LossScale> rule;
  private double now;
  private long inRow;

  PlainScale(Optional<LossScale> rule) {
    this.rule = rule;
    this.now = rule.map(LossScale::initial).orElse(1.0);
  }

  double now() {
    return now;
  }

  /** Goes on after a step; whether its gradients may be used. */
  boolean advance(boolean finite) {
    if (rule.isEmpty()) {
      return true;
    }
    long interval = rule.get().interval();
    if (interval > 0 && !finite) {
      now = now >= 2 ? now / 2 : 1;
      inRow = 0;
    } else if (interval > 0 && ++inRow == interval) {
      now = now * 2 > LossScale.GREATEST ? LossScale.GREATEST : now * 2;
      inRow = 0;
    }
    return finite;
  }
}
