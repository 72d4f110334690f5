package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;

/** How large a tensor is, and how far from another one. */
public enum Measure {
  /** By the largest entry. */
  LARGEST,
  /**
   * By the root of the mean of the squares. For numbers of 16 bits: a relu whose argument is within
   * a rounding of 0 has one derivative or the other, so that an entry of a gradient may gain or
   * lose a whole term of its sum, but few of them do.
   */
  ROOT_MEAN_SQUARE;

  double size(Tensor tensor) {
    double all = 0;
    for (int i = 0; i < tensor.size(); i++) {
      all = with(all, Math.abs(tensor.get(i)));
    }
    return finished(all, tensor.size());
  }

  /** The distance of two tensors; infinite where there is no number. */
  double distance(Tensor a, Tensor b) {
    double all = 0;
    for (int i = 0; i < a.size(); i++) {
      double difference = Math.abs(a.get(i) - b.get(i));
      if (!(difference <= Double.MAX_VALUE)) {
        return Double.POSITIVE_INFINITY;
      }
      all = with(all, difference);
    }
    return finished(all, a.size());
  }

  private double with(double all, double entry) {
    return switch (this) {
      case LARGEST -> entry > all ? entry : all;
      case ROOT_MEAN_SQUARE -> all + entry * entry;
    };
  }

  private double finished(double all, int entries) {
    return switch (this) {
      case LARGEST -> all;
      case ROOT_MEAN_SQUARE -> Math.sqrt(all / Math.max(entries, 1));
    };
  }
}
