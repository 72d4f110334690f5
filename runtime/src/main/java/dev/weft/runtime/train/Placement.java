package dev.weft.runtime.train;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.runtime.tensor.Pieces;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** From whole tensors to the pieces of devices, and back. */
public record Placement(Mesh mesh) {
  /** The piece of a whole tensor that a device holds. */
  public Tensor piece(Tensor whole, Sharding sharding, int device) {
    var piece = whole;
    for (int d = 0; d < sharding.dims().size(); d++) {
      var axes = sharding.dims().get(d);
      var axis = whole.type().dims().get(d).axis();
      piece = Pieces.piece(piece, axis, mesh.size(axes), mesh.coordinate(device, axes));
    }
    return piece;
  }

  /** The whole of which the devices hold pieces. */
  public Tensor whole(List<Tensor> pieces, Sharding sharding) {
    return whole(pieces::get, sharding, 0);
  }

  /**
   * The whole of which some devices hold pieces.
   *
   * @param pieces by device
   * @param first one of these devices
   */
  Tensor whole(IntFunction<Tensor> pieces, Sharding sharding, int first) {
    if (sharding.isPartial()) {
      throw new IllegalArgumentException("an unfinished value: " + sharding);
    }
    return whole(pieces, sharding, sharding.dims().size() - 1, first);
  }

  /** Whether every device's piece is that of the whole, to the bit. */
  boolean agree(
      IntFunction<Tensor> pieces, Tensor whole, Sharding sharding, List<Integer> devices) {
    return devices.stream()
        .allMatch(device -> equal(pieces.apply(device), piece(whole, sharding, device)));
  }

  static boolean equal(Tensor a, Tensor b) {
    for (int i = 0; i < a.size(); i++) {
      if (Double.compare(a.get(i), b.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Joins along the dimensions up to one, for the devices that agree with a device in the rest. */
  private Tensor whole(IntFunction<Tensor> pieces, Sharding sharding, int dim, int device) {
    if (dim < 0) {
      return pieces.apply(device);
    }
    var parts = new ArrayList<Tensor>();
    for (int member : mesh.group(device, sharding.dims().get(dim))) {
      parts.add(whole(pieces, sharding, dim - 1, member));
    }
    return Pieces.join(parts, pieces.apply(device).type().dims().get(dim).axis());
  }
}
