package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The batch of one device of a pipeline, and the micro-batches in it. */
final class BatchSlices {
  private final BatchPieces batch;
  private final Builder builder;

  /** By input: what the device holds, and the type of a micro-batch. */
  private final Map<Port, Param> whole = new LinkedHashMap<>();

  private final Map<Port, Param> pieces = new HashMap<>();
  private final Map<Port, Value> cut = new HashMap<>();
  private final Map<Port, Map<Integer, Value>> slices = new HashMap<>();

  BatchSlices(BatchPieces batch, Builder builder) {
    this.batch = batch;
    this.builder = builder;
  }

  /**
   * Declares an input of the step.
   *
   * @param piece the parameter that takes a micro-batch of it
   */
  void declare(Port port, Param piece) {
    if (!whole.containsKey(port)) {
      var type = batch.whole(piece.type());
      whole.put(port, builder.param(new Param(piece.name(), type, piece.sharding())));
      pieces.put(port, piece);
    }
  }

  List<Port> ports() {
    return List.copyOf(whole.keySet());
  }

  /** A micro-batch of an input; one and the same value whenever it is asked for. */
  Value slice(Port port, int micro) {
    var param = Objects.requireNonNull(whole.get(port));
    var piece = Objects.requireNonNull(pieces.get(port));
    if (batch.dim().size() == 1 || !batch.bearsBatch(piece.type())) {
      return param;
    }
    return slices
        .computeIfAbsent(port, _ -> new HashMap<>())
        .computeIfAbsent(micro, m -> make(port, param, piece, m));
  }

  private Value make(Port port, Param param, Param piece, int micro) {
    var all = cut.computeIfAbsent(port, _ -> batch.cut(param, piece.type(), builder));
    var axis = batch.dim().axis();
    var one = builder.emit(piece.name(), new Slice(axis, micro, new Dim(axis, 1)), all);
    var first = piece.type().axes().getFirst();
    var op = new Merge(List.of(axis, first), first);
    var shardings = List.of(piece.sharding());
    return builder.node(List.of(piece.name()), op, List.of(one), List.of(), shardings).result();
  }
}
