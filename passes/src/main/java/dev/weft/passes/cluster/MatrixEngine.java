package dev.weft.passes.cluster;

/**
 * What multiplications reach of a device's peak ({@code docs/cost-model.md}, "Compute").
 *
 * @param issue share of the peak that a unit reaches inside a large tile at its highest clock
 * @param sustained share of the peak that all units together keep up for long, under the power
 *     limit
 * @param fillDepth steps along the inner dimension that filling and draining a tile costs
 * @param operandLoad elements: a tile of {@code a} by {@code b} runs at {@code 1 / (1 + operandLoad
 *     (1/a + 1/b))} of the issue rate, since its operands must be brought to the unit
 * @param exposedOutput share of the time of moving the result that the multiplication does not hide
 * @param narrowSpeed how much better products of eight or four bits reach their peak than those of
 *     the training precisions reach theirs
 * @param floorSeconds seconds of the smallest kernel on the device
 */
public record MatrixEngine(
    double issue,
    double sustained,
    double fillDepth,
    double operandLoad,
    double exposedOutput,
    double narrowSpeed,
    double floorSeconds) {

  /** Of a device that nobody measured. */
  public static final MatrixEngine USUAL = new MatrixEngine(0.85, 0.75, 29, 5.9, 0.53, 1, 4e-6);

  public MatrixEngine {
    Ratio.requireShare("issue", issue);
    Ratio.requireShare("sustained", sustained);
    Ratio.requireNotNegative("fillDepth", fillDepth);
    Ratio.requireNotNegative("operandLoad", operandLoad);
    Ratio.requireNotNegative("exposedOutput", exposedOutput);
    Ratio.requirePositive("narrowSpeed", narrowSpeed);
    Ratio.requireNotNegative("floorSeconds", floorSeconds);
  }

  /** The same engine with another speed of narrow products. */
  public MatrixEngine withNarrowSpeed(double speed) {
    return new MatrixEngine(
        issue, sustained, fillDepth, operandLoad, exposedOutput, speed, floorSeconds);
  }
}
