package dev.weft.cli.validate;

import java.util.OptionalDouble;

/**
 * The seconds of a step from whichever figure a row gives: the time itself, else the tokens or
 * samples of a second, else floating-point rates by the source's own convention.
 */
final class StepTime {
  private StepTime() {}

  static OptionalDouble of(CsvRow row) {
    var stated = row.number("iteration_time_s");
    if (stated.isPresent()) {
      return stated;
    }
    var batch = row.number("global_batch");
    if (batch.isEmpty()) {
      return OptionalDouble.empty();
    }
    var samples = row.number("samples_per_s");
    if (samples.isPresent()) {
      return OptionalDouble.of(batch.getAsDouble() / samples.getAsDouble());
    }
    var devices = row.number("num_devices");
    var sequence = row.number("seq_len");
    if (devices.isEmpty() || sequence.isEmpty()) {
      return OptionalDouble.empty();
    }
    double tokens = batch.getAsDouble() * sequence.getAsDouble() / devices.getAsDouble();
    var rate = row.number("tokens_per_s_per_device");
    return rate.isPresent() ? OptionalDouble.of(tokens / rate.getAsDouble()) : ofFlops(row, tokens);
  }

  /** {@code tokens} are those of one device. */
  private static OptionalDouble ofFlops(CsvRow row, double tokens) {
    var rate = row.number("tflops_per_device");
    var perToken = flopsPerToken(row);
    return rate.isPresent() && perToken.isPresent()
        ? OptionalDouble.of(tokens * perToken.getAsDouble() / (1e12 * rate.getAsDouble()))
        : OptionalDouble.empty();
  }

  /**
   * Six flops for each parameter that a token meets and the attention (Narayanan et al. 2021,
   * appendix): {@code 72 l h^2 (1 + s/6h)} for a decoder whose parameters are {@code 12 l h^2}. A
   * third more where the convention counts the second forward of full recomputation, half the
   * attention where it counts what a causal mask leaves.
   */
  private static OptionalDouble flopsPerToken(CsvRow row) {
    boolean hasExperts = row.integer("experts").orElse(1) > 1;
    var parameters = row.number(hasExperts ? "active_params_B" : "params_B");
    var layers = row.number("layers");
    var hidden = row.number("hidden");
    var sequence = row.number("seq_len");
    if (parameters.isEmpty() || layers.isEmpty() || hidden.isEmpty() || sequence.isEmpty()) {
      return OptionalDouble.empty();
    }
    var kind = row.words("tflops_kind");
    boolean halved = kind.contains("causal") && !kind.contains("non-causal");
    double attention =
        12
            * layers.getAsDouble()
            * hidden.getAsDouble()
            * sequence.getAsDouble()
            * (halved ? 0.5 : 1);
    double again = kind.contains("hardware") && row.words("recompute").equals("full") ? 4.0 / 3 : 1;
    return OptionalDouble.of(again * (6e9 * parameters.getAsDouble() + attention));
  }
}
