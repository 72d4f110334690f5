package dev.weft.passes.calibrate;

import dev.weft.passes.network.Network;

/**
 * A measured collective or transfer.
 *
 * @param devices that take part, all of one domain
 * @param bytes of the largest tensor at one device
 * @param seconds above 0
 */
public record MeasuredExchange(ExchangeKind kind, int devices, long bytes, double seconds) {
  public MeasuredExchange {
    if (devices < 2 || bytes < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "an exchange has 2 devices, 1 byte and some time at least, not "
              + devices
              + ", "
              + bytes
              + " and "
              + seconds);
    }
  }

  /** The logarithm of predicted over measured. */
  double error(Network network) {
    return Math.log(kind.seconds(network, bytes, devices) / seconds);
  }
}
