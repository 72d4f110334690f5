package dev.weft.runtime.kernel;

import dev.weft.ir.mesh.Mesh;
import java.util.List;

/** Where a device stands on its mesh. */
public record Place(Mesh mesh, int device) {
  /** The place of the only device. */
  public static final Place SINGLE = new Place(Mesh.SINGLE, 0);

  /** Row-major coordinate along mesh axes: the number of this device's piece. */
  public int coordinate(List<String> axes) {
    return mesh.coordinate(device, axes);
  }
}
