package dev.weft.passes.simulate;

/**
 * How long a device is busy, in seconds, by what it does. Of communication only what nothing hides
 * counts.
 *
 * @param products matrix products
 * @param attention attention kernels, or the products and streams of written-out attention
 * @param streams memory-bound kernels
 * @param launch waiting for the host to launch kernels
 * @param tensor collectives within layers
 * @param weights gathering of weights for each micro-batch
 * @param gradients reduction of gradients for each micro-batch
 * @param host copies from and to the host
 */
public record Seconds(
    double products,
    double attention,
    double streams,
    double launch,
    double tensor,
    double weights,
    double gradients,
    double host) {
  public static final Seconds NONE = new Seconds(0, 0, 0, 0, 0, 0, 0, 0);

  /** Work of the device itself, waiting for its host included. */
  static Seconds compute(double products, double attention, double streams, double launch) {
    return new Seconds(products, attention, streams, launch, 0, 0, 0, 0);
  }

  public double total() {
    return compute() + tensor + weights + gradients + host;
  }

  /** Work of the device itself, waiting for its host included. */
  public double compute() {
    return products + attention + streams + launch;
  }

  public Seconds plus(Seconds other) {
    return new Seconds(
        products + other.products,
        attention + other.attention,
        streams + other.streams,
        launch + other.launch,
        tensor + other.tensor,
        weights + other.weights,
        gradients + other.gradients,
        host + other.host);
  }

  public Seconds times(double count) {
    return new Seconds(
        products * count,
        attention * count,
        streams * count,
        launch * count,
        tensor * count,
        weights * count,
        gradients * count,
        host * count);
  }

  /** With other collectives within layers. */
  Seconds withTensor(double seconds) {
    return new Seconds(products, attention, streams, launch, seconds, weights, gradients, host);
  }

  /** With traffic of weights, of their gradients, and with the host. */
  Seconds withTraffic(double ofWeights, double ofGradients, double ofHost) {
    return new Seconds(
        products, attention, streams, launch, tensor, ofWeights, ofGradients, ofHost);
  }
}
