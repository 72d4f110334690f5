package dev.weft.runtime.sample;

import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** How far apart tensors are. */
public final class Difference {
  private Difference() {}

  /** The largest |a - b| / max(1, |b|); infinite where types or NaNs differ. */
  public static double of(List<Tensor> a, List<Tensor> b) {
    double worst = a.size() == b.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      worst = Math.max(worst, of(a.get(i), b.get(i)));
    }
    return worst;
  }

  public static double of(Tensor a, Tensor b) {
    if (!a.type().equals(b.type())) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < a.size(); i++) {
      double distance = Math.abs(a.get(i) - b.get(i)) / Math.max(1, Math.abs(b.get(i)));
      worst = Math.max(worst, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
    }
    return worst;
  }
}
