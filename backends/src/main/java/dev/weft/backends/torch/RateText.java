package dev.weft.backends.torch;

import dev.weft.ir.op.RateSchedule;

/** The learning rate of a step in Python: constants, and a function where the rate changes. */
final class RateText {
  private RateText() {}

  static void constants(PythonWriter out, RateSchedule rate) {
    out.line("LR = " + Literal.number(rate.peak()));
    if (rate.isConstant()) {
      return;
    }
    out.line("WARMUP = " + rate.warmup(), "steps until the learning rate is LR");
    if (rate.shape().ends()) {
      out.line("LAST_STEP = " + rate.steps(), "the step from which it is LAST_LR");
      out.line("LAST_LR = " + Literal.number(rate.end()));
    }
  }

  /** The function {@code learning_rate(step)}; nothing where the rate is constant. */
  static void function(PythonWriter out, RateSchedule rate) {
    if (rate.isConstant()) {
      return;
    }
    out.line("def learning_rate(step):");
    out.indented(
        () -> {
          out.line("\"\"\"" + title(rate) + "\"\"\"");
          if (rate.warmup() > 0) {
            out.line("if step <= WARMUP:");
            out.indented(() -> out.line("return LR * step / WARMUP"));
          }
          if (rate.shape().ends()) {
            out.line("fallen = (min(step, LAST_STEP) - WARMUP) / (LAST_STEP - WARMUP)");
          }
          out.line("return " + formula(rate));
        });
    out.gap();
  }

  private static String title(RateSchedule rate) {
    return switch (rate.shape()) {
      case CONSTANT -> "Grows linearly, then stays.";
      case COSINE -> "Grows linearly, then falls along a cosine (Loshchilov and Hutter 2017).";
      case LINEAR -> "Grows linearly, then falls linearly.";
      case INVERSE_SQRT -> "Grows linearly, then falls as 1/sqrt(step) (Vaswani et al. 2017).";
    };
  }

  private static String formula(RateSchedule rate) {
    return switch (rate.shape()) {
      case CONSTANT -> "LR";
      case COSINE -> "LAST_LR + (LR - LAST_LR) * (1 + math.cos(math.pi * fallen)) / 2";
      case LINEAR -> "LAST_LR + (LR - LAST_LR) * (1 - fallen)";
      case INVERSE_SQRT -> "LR * math.sqrt(max(WARMUP, 1) / step)";
    };
  }
}
