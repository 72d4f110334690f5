package dev.weft.passes.simulate;

/**
 * How long a device is busy, in seconds, by what it does.
 *
 * @param products matrix products
 * @param attention attention kernels, or the products and streams of written-out attention
 * @param streams memory-bound kernels
 * @param launch waiting for the host to launch kernels
 * @param tensor collectives within layers, as far as nothing hides them
 * @param weights gathering of weights and reduction of gradients for each micro-batch, and copies
 *     from and to the host, as far as nothing hides them
 */
public record Seconds(
    double products,
    double attention,
    double streams,
    double launch,
    double tensor,
    double weights) {
  public static final Seconds NONE = new Seconds(0, 0, 0, 0, 0, 0);

  public double total() {
    return products + attention + streams + launch + tensor + weights;
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
        weights + other.weights);
  }

  public Seconds times(double count) {
    return new Seconds(
        products * count,
        attention * count,
        streams * count,
        launch * count,
        tensor * count,
        weights * count);
  }

  /** With more of the exposed traffic of weights. */
  Seconds withWeights(double more) {
    return new Seconds(products, attention, streams, launch, tensor, weights + more);
  }
}
