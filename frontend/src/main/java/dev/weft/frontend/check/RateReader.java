package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.ir.op.RateSchedule;
import dev.weft.ir.op.RateSchedule.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a learning rate: a number, or a schedule such as {@code cosine(6e-4, warmup: 2000, steps:
 * 100000, end: 6e-5)}.
 */
record RateReader(Findings findings) {
  RateSchedule read(OptimizerConstants values) {
    var written = values.find("lr");
    return written.isPresent() && written.get() instanceof CallExpression call
        ? schedule(call)
        : RateSchedule.constant(values.positive("lr"));
  }

  private RateSchedule schedule(CallExpression call) {
    var shape = shape(call);
    if (shape.isEmpty()) {
      return RateSchedule.constant(1);
    }
    var values = new OptimizerConstants(call, findings);
    if (!shape.get().ends()) {
      values.read("peak", "warmup");
      double peak = values.positive("peak");
      return new RateSchedule(peak, values.count("warmup", 0), shape.get(), 0, peak);
    }
    values.read("peak", "warmup", "steps", "end");
    double peak = values.positive("peak");
    long warmup = values.count("warmup", 0);
    long steps = values.countAbove("steps", warmup);
    return new RateSchedule(peak, warmup, shape.get(), steps, values.between("end", 0, peak));
  }

  private Optional<Shape> shape(CallExpression call) {
    var names = Arrays.stream(Shape.values()).map(Shape::text).toList();
    var name = call.function().text();
    if (names.contains(name)) {
      return Optional.of(Shape.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    findings.add(
        Suggest.among(
            names,
            call.function(),
            CheckCode.RECIPE_VALUE,
            "no learning rate falls by `" + name + "`"));
    return Optional.empty();
  }
}
