package dev.weft.cli.calibrate;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What keeps a device from being measured here. */
public enum CalibrateCode implements Code {
  NO_PYTHON(
      "W0851",
      "The benchmark cannot be started.",
      "Name a Python that has PyTorch in WEFT_PYTHON, or write the benchmark with --emit-only, run"
          + " it where there is one, and read its results with --from."),
  BENCHMARK_FAILED(
      "W0852",
      "The benchmark has failed.",
      "Its own words stand above; `weft calibrate --emit-only DIR` writes the program, to be run by"
          + " hand.");

  private final Description description;

  CalibrateCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
