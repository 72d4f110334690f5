package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.ir.plan.LossScale;
import java.util.List;
import java.util.Optional;

/**
 * Reads the scale of the loss: a number, {@code dynamic}, or {@code dynamic(initial: 32768,
 * interval: 2000)}.
 *
 * @param dynamic what the constants of a scale that changes are by default
 */
record LossScaleReader(Findings findings, LossScale dynamic) {
  private static final String DYNAMIC = "dynamic";

  /** The scale; empty where it is wrong, which is reported. */
  Optional<LossScale> read(Expression expression) {
    return switch (expression) {
      case NameExpression(var name) when isDynamic(name) -> Optional.of(dynamic);
      case NameExpression _ -> Optional.empty();
      case CallExpression call when isDynamic(call.function()) -> changing(call);
      case CallExpression _ -> Optional.empty();
      default ->
          OptimizerConstants.number(expression, findings).stream()
              .boxed()
              .findFirst()
              .flatMap(scale -> scale(expression, scale, 0));
    };
  }

  private boolean isDynamic(Name name) {
    if (name.text().equals(DYNAMIC)) {
      return true;
    }
    findings.add(
        Suggest.among(
            List.of(DYNAMIC),
            name,
            CheckCode.RECIPE_VALUE,
            "a loss scale is a number or `dynamic`, not `" + name + "`"));
    return false;
  }

  private Optional<LossScale> changing(CallExpression call) {
    var values = new OptimizerConstants(call, findings).read("initial", "interval");
    double initial = values.between("initial", 1, LossScale.GREATEST, dynamic.initial());
    return Optional.of(
        new LossScale(initial, values.countAbove("interval", 0, dynamic.interval())));
  }

  private Optional<LossScale> scale(Expression written, double scale, long interval) {
    if (scale >= 1 && scale <= LossScale.GREATEST) {
      return Optional.of(new LossScale(scale, interval));
    }
    findings.add(
        CheckCode.RECIPE_VALUE,
        written.span(),
        "`loss_scale` is %s, and must be from 1 to %d"
            .formatted(written.span().text(), (long) LossScale.GREATEST));
    return Optional.empty();
  }
}
