package dev.weft.passes.fit;

import dev.weft.passes.price.Kernel;

/**
 * What somebody measured.
 *
 * @param seconds on the device, above 0
 * @param source who measured it, and how
 */
public record Measurement(Kernel kernel, double seconds, String source) {

  public Measurement {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("a measured time is above 0, not " + seconds);
    }
  }
}
