package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** An op in which the devices of a group exchange data; the operand and result are local. */
public sealed interface Collective extends Op
    permits AllGather, AllReduce, AllToAll, ReduceScatter, SharedSum {
  /** The mesh axes that span the group, major to minor. */
  List<String> over();

  /** The number of devices in the group. */
  int parts();

  /** The group to which a device belongs, in the order in which operands are combined. */
  default List<Integer> group(Mesh mesh, int device) {
    return mesh.group(device, over());
  }

  /** The kind as it is counted and reported, such as {@code all_reduce}. */
  default String kind() {
    return name();
  }

  /**
   * Bytes that one device sends in a bandwidth-optimal (ring) algorithm for n = {@link #parts}
   * devices and a local operand of b bytes: all-gather (n-1)b, reduce-scatter and all-to-all
   * (n-1)b/n, all-reduce 2(n-1)b/n (Thakur et al. 2005, "Optimization of Collective Communication
   * Operations in MPICH", section 4).
   */
  long sentBytes(TensorType operand);

  /** It takes a link's time, no arithmetic. */
  @Override
  default Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  default List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new IllegalStateException("autodiff comes before lowering");
  }
}
