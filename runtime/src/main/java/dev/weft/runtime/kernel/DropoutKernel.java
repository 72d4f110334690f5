package dev.weft.runtime.kernel;

import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.DropoutMask;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Dropout: the hash of a row is computed once, and shared by the rows below it. */
public final class DropoutKernel implements Kernel {
  private final Dropout op;
  private final TensorType type;
  private final int keys;
  private final int threshold;

  /** Operands: x, the key, the positions along each dimension of x. */
  public DropoutKernel(Dropout op, List<TensorType> in) {
    this.op = op;
    this.type = in.getFirst();
    this.keys = Dropout.keys(in);
    this.threshold = DropoutMask.threshold(op);
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    long hash = DropoutMask.start(op);
    for (int i = 1; i <= keys; i++) {
      hash = DropoutMask.absorb(hash, in[i].getInt(0));
    }
    var y = new double[in[0].size()];
    rows(hash, 0, 0, in, y);
    return new Tensor[] {Tensor.of(type, y)};
  }

  /**
   * The rows whose first positions are taken into a hash.
   *
   * @param depth how many positions are
   * @param at the index of these rows among all that have as many
   */
  private void rows(long hash, int depth, int at, Tensor[] in, double[] y) {
    var positions = in[1 + keys + depth];
    if (depth + 1 == type.rank()) {
      row(hash, at * positions.size(), positions, in[0], y);
      return;
    }
    for (int i = 0; i < positions.size(); i++) {
      long next = DropoutMask.absorb(hash, positions.getInt(i));
      rows(next, depth + 1, at * positions.size() + i, in, y);
    }
  }

  private void row(long hash, int first, Tensor positions, Tensor x, double[] y) {
    double scale = op.scale();
    double[] values = x.doubles();
    for (int i = 0; i < positions.size(); i++) {
      boolean kept = DropoutMask.bits(hash, positions.getInt(i)) >= threshold;
      y[first + i] = kept ? values[x.offset() + first + i] * scale : 0;
    }
  }
}
