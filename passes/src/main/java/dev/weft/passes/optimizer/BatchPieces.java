package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which entries of a batch make up a micro-batch, on every device and in every tensor alike.
 *
 * <p>The mesh axes that cut the batch the finest divide it into blocks; micro-batch k is the k-th
 * piece of every block. A tensor that lies so holds one block, and its pieces are contiguous. One
 * that is cut less holds several blocks side by side, and takes a piece of each.
 */
final class BatchPieces {
  private static final String MICRO = "micro";
  private static final String BLOCKS = "blocks";
  private final MicroBatching micro;
  private final Mesh mesh;
  private final List<String> finest;
  private final String axis;
  private final String blocks;

  private BatchPieces(
      List<Function> functions, MicroBatching micro, Mesh mesh, List<String> finest) {
    this.micro = micro;
    this.mesh = mesh;
    this.finest = finest;
    var taken = new HashSet<String>();
    for (var body : functions.stream().map(Function::body).toList()) {
      body.params().forEach(p -> taken.addAll(p.type().axes()));
      body.allNodes().flatMap(n -> n.types().stream()).forEach(t -> taken.addAll(t.axes()));
    }
    this.axis = fresh(MICRO, taken);
    this.blocks = fresh(BLOCKS, taken);
  }

  /** Empty where two tensors are cut along the batch in ways of which neither refines the other. */
  static Optional<BatchPieces> of(Function grads, MicroBatching micro, Mesh mesh) {
    var entries = new ArrayList<Port>();
    for (int i = 0; i < micro.roles().size(); i++) {
      if (micro.roles().get(i) == BatchRole.ENTRY) {
        entries.add(grads.outputs().get(i));
      }
    }
    return of(List.of(grads), entries, micro, mesh);
  }

  /**
   * As {@link #of(Function, MicroBatching, Mesh)} for a model of several functions.
   *
   * @param entries the outputs that bear the batch
   */
  static Optional<BatchPieces> of(
      List<Function> functions, List<Port> entries, MicroBatching micro, Mesh mesh) {
    var cuts = new ArrayList<List<String>>();
    for (var function : functions) {
      for (int i : function.inputIndices(Port.Data.class)) {
        addCut(function.body().params().get(i), micro.batch(), cuts);
      }
      for (int i = 0; i < function.outputs().size(); i++) {
        if (entries.contains(function.outputs().get(i))) {
          addCut(function.body().yields().get(i), micro.batch(), cuts);
        }
      }
    }
    List<String> finest = List.of();
    for (var cut : cuts) {
      finest = cut.size() > finest.size() ? cut : finest;
    }
    var all = finest;
    boolean nested = cuts.stream().allMatch(c -> all.subList(0, c.size()).equals(c));
    return micro.count() == 1 || nested
        ? Optional.of(new BatchPieces(functions, micro, mesh, finest))
        : Optional.empty();
  }

  private static void addCut(Value value, String batch, List<List<String>> cuts) {
    int at = value.type().indexOf(batch);
    if (at >= 0) {
      cuts.add(value.sharding().orElseThrow().dims().get(at));
    }
  }

  private static String fresh(String wanted, HashSet<String> taken) {
    var name = new StringBuilder(wanted);
    while (taken.contains(name.toString())) {
      name.append('_');
    }
    return name.toString();
  }

  /** The axis of the micro-batches: one that the model does not use itself. */
  Dim dim() {
    return new Dim(axis, micro.count());
  }

  boolean bearsBatch(TensorType type) {
    return type.bears(micro.batch());
  }

  /** The type of all micro-batches together. */
  TensorType whole(TensorType piece) {
    var dims = new ArrayList<Dim>();
    for (var dim : piece.dims()) {
      boolean cut = dim.axis().equals(micro.batch());
      dims.add(cut ? dim.resized(dim.size() * micro.count()) : dim);
    }
    return piece.withDims(dims);
  }

  /** […, batch, …] to [micro, …, batch / micro, …]. */
  Value cut(Value whole, TensorType piece, Builder to) {
    int count = blocksOf(whole);
    var entries = piece.dim(micro.batch());
    var block = entries.resized(entries.size() / count);
    var dims = new ArrayList<Dim>(List.of(new Dim(blocks, count), dim(), block));
    dims.removeIf(d -> count == 1 && d.axis().equals(blocks));
    var split = to.emit(whole.name(), new Split(micro.batch(), dims), whole);
    var order = new ArrayList<String>();
    order.add(axis);
    order.addAll(piece.axes());
    if (count == 1) {
      return inOrder(split, order, to);
    }
    order.add(order.indexOf(micro.batch()), blocks);
    var beside = inOrder(split, order, to);
    return to.emit(whole.name(), new Merge(List.of(blocks, micro.batch()), micro.batch()), beside);
  }

  /** [micro, …, batch, …] to […, batch, …], laid as the original is. */
  Value join(Value pieces, Value original, Builder to) {
    int count = blocksOf(original);
    var parts = count == 1 ? List.of(axis, micro.batch()) : List.of(blocks, axis, micro.batch());
    var order = new ArrayList<>(original.type().axes());
    int at = order.indexOf(micro.batch());
    order.remove(at);
    order.addAll(at, parts);
    var beside = inOrder(count == 1 ? pieces : inBlocks(pieces, count, to), order, to);
    return laidAs(original, new Merge(parts, micro.batch()), beside, to);
  }

  /** A value under the name and in the layout of another. */
  static Value laidAs(Value original, Op op, Value operand, Builder to) {
    var names = List.of(original.name());
    var shardings = List.of(original.sharding());
    return to.node(names, op, List.of(operand), List.of(), shardings).result();
  }

  private Value inBlocks(Value pieces, int count, Builder to) {
    var entries = pieces.type().dim(micro.batch());
    var dims = List.of(new Dim(blocks, count), entries.resized(entries.size() / count));
    return to.emit(pieces.name(), new Split(micro.batch(), dims), pieces);
  }

  /** Blocks of the batch that a device holds of a tensor. */
  private int blocksOf(Value value) {
    int at = value.type().indexOf(micro.batch());
    var cut = value.sharding().orElseThrow().dims().get(at);
    return mesh.size(finest.subList(cut.size(), finest.size()));
  }

  private static Value inOrder(Value value, List<String> order, Builder to) {
    return value.type().axes().equals(order)
        ? value
        : to.emit(value.name(), new Transpose(order), value);
  }
}
