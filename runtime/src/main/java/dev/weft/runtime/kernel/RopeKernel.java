package dev.weft.runtime.kernel;

import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** Rotary position embedding: sines and cosines are computed once for each position. */
public final class RopeKernel implements Kernel {
  private final TensorType type;
  private final double[] frequencies;
  private final double sign;
  private final int stride;
  private final Nest nest;

  public RopeKernel(Rope op, TensorType type, TensorType positions) {
    this.type = type;
    int half = Math.toIntExact(type.dim(op.feature()).size()) / 2;
    this.frequencies = new double[half];
    for (int i = 0; i < half; i++) {
      frequencies[i] = Math.pow(op.base(), -(double) i / half);
    }
    this.sign = op.direction() == RopeDirection.FORWARD ? 1 : -1;
    this.stride = Nest.stride(type, op.feature());
    var others = type.dims().stream().filter(d -> !d.axis().equals(op.feature())).toList();
    this.nest = Nest.of(others, type, positions);
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    var x = Operand.of(in[0]);
    var y = new double[in[0].size()];
    var turns = turns(in[1]);
    nest.forEachRow(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int turn = (at[1] + i * nest.step(1)) * 2 * frequencies.length;
            int first = at[0] + i * nest.step(0);
            rotate(turns, turn, x.values(), x.start() + first, y, first);
          }
        });
    return new Tensor[] {Tensor.of(type, y)};
  }

  /** Cosine and sine of each angle of each position. */
  private double[] turns(Tensor positions) {
    var turns = new double[positions.size() * 2 * frequencies.length];
    int next = 0;
    for (int p = 0; p < positions.size(); p++) {
      for (double frequency : frequencies) {
        double angle = sign * positions.getInt(p) * frequency;
        turns[next++] = Math.cos(angle);
        turns[next++] = Math.sin(angle);
      }
    }
    return turns;
  }

  private void rotate(double[] turns, int turn, double[] x, int xAt, double[] y, int yAt) {
    int half = frequencies.length * stride;
    for (int i = 0; i < frequencies.length; i++) {
      double cos = turns[turn + 2 * i];
      double sin = turns[turn + 2 * i + 1];
      double low = x[xAt + i * stride];
      double high = x[xAt + i * stride + half];
      y[yAt + i * stride] = low * cos - high * sin;
      y[yAt + i * stride + half] = high * cos + low * sin;
    }
  }
}
