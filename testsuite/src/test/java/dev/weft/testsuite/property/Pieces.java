package dev.weft.testsuite.property;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.runtime.tensor.Tensor;

/** Which part of a whole tensor a device holds, by the definition of a sharding. */
final class Pieces {
  private Pieces() {}

  static Tensor piece(Tensor whole, Sharding sharding, Mesh mesh, int device) {
    var type = whole.type();
    var local = sharding.local(type, mesh);
    int rank = type.rank();
    return Tensor.generate(
        local,
        index -> {
          long rest = index;
          long from = 0;
          long stride = 1;
          for (int d = rank - 1; d >= 0; d--) {
            long extent = local.dims().get(d).size();
            long first = mesh.coordinate(device, sharding.dims().get(d)) * extent;
            from += (first + rest % extent) * stride;
            rest /= extent;
            stride *= type.dims().get(d).size();
          }
          return whole.get((int) from);
        });
  }
}
