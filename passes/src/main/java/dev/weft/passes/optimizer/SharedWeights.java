package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.type.MemorySpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Weights of which this device updates a share along one dimension each (levels 2 and 3 of
 * optimizer sharding): the shares that their gradients lie in.
 *
 * @param mesh the devices
 */
record SharedWeights(Mesh mesh, Builder builder) {
  /** The shares of weights; what lies in its share already stays as it is. */
  List<Value> cut(List<Param> weights, List<Param> shares) {
    var cut = new ArrayList<Value>();
    for (int w = 0; w < weights.size(); w++) {
      cut.add(cut(weights.get(w), shares.get(w)));
    }
    return cut;
  }

  /** The weights that new shares make. */
  List<Value> joined(List<Value> shares, List<Param> weights) {
    var joined = new ArrayList<Value>();
    for (int w = 0; w < weights.size(); w++) {
      joined.add(joined(shares.get(w), weights.get(w)));
    }
    return joined;
  }

  private Value cut(Param weight, Param share) {
    var from = weight.sharding().orElseThrow();
    var to = share.sharding().orElseThrow();
    for (int d = 0; d < from.dims().size(); d++) {
      var added = added(from, to, d);
      if (!added.isEmpty()) {
        var axis = weight.type().dims().get(d).axis();
        var op = new ShardSlice(axis, added, mesh.size(added));
        return laid(op, weight, to);
      }
    }
    return weight;
  }

  private Value joined(Value share, Param weight) {
    var from = share.sharding().orElseThrow();
    var to = weight.sharding().orElseThrow();
    for (int d = 0; d < from.dims().size(); d++) {
      var added = added(to, from, d);
      if (!added.isEmpty()) {
        var axis = weight.type().dims().get(d).axis();
        return gathered(new AllGather(axis, added, mesh.size(added)), share, to);
      }
    }
    return share;
  }

  /** Devices exchange what lies on them. */
  private Value gathered(AllGather op, Value share, Sharding layout) {
    if (share.type().space() == MemorySpace.DEVICE) {
      return laid(op, share, layout);
    }
    var here = laid(new ToDevice(), share, share.sharding().orElseThrow());
    return laid(new ToHost(), laid(op, here, layout), layout);
  }

  private Value laid(Op op, Value operand, Sharding layout) {
    var names = List.of(operand.name());
    var layouts = List.of(Optional.of(layout));
    return builder.node(names, op, List.of(operand), List.of(), layouts).result();
  }

  /** The mesh axes that cut a dimension of the share further. */
  static List<String> added(Sharding whole, Sharding share, int dim) {
    return share
        .dims()
        .get(dim)
        .subList(whole.dims().get(dim).size(), share.dims().get(dim).size());
  }
}
