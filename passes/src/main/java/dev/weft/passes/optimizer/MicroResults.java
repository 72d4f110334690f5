package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Split;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the results of micro-batches together that come one by one: means and sums are added up as
 * they come, entries are laid side by side at the end.
 */
final class MicroResults {
  private final MicroBatching micro;
  private final List<Port> order;
  private final BatchPieces batch;
  private final Builder builder;
  private final Map<Port, List<Value>> results = new LinkedHashMap<>();

  /**
   * For the results of one device.
   *
   * @param order of the model's outputs: whose roles {@code micro} has
   */
  MicroResults(MicroBatching micro, List<Port> order, BatchPieces batch, Builder builder) {
    this.micro = micro;
    this.order = order;
    this.batch = batch;
    this.builder = builder;
  }

  void add(Port port, Value value) {
    var values = results.computeIfAbsent(port, _ -> new ArrayList<>());
    if (values.isEmpty() || role(port) == BatchRole.ENTRY) {
      values.add(value);
    } else {
      var names = List.of(value.name());
      var sum = List.of(values.getFirst(), value);
      var shardings = List.of(value.sharding());
      values.set(0, builder.node(names, Binary.ADD, sum, List.of(), shardings).result());
    }
  }

  /** The results of the whole batch. */
  Map<Port, Value> totals() {
    var totals = new LinkedHashMap<Port, Value>();
    results.forEach((port, values) -> totals.put(port, total(role(port), values)));
    return totals;
  }

  private BatchRole role(Port port) {
    return micro.roles().get(order.indexOf(port));
  }

  private Value total(BatchRole role, List<Value> values) {
    var first = values.getFirst();
    if (micro.count() == 1) {
      return first;
    }
    return switch (role) {
      case MEAN, FREE ->
          BatchPieces.laidAs(first, Affine.scale(1.0 / micro.count()), first, builder);
      case SUM -> first;
      case ENTRY -> joined(values);
      case MIXED -> throw new IllegalStateException("micro-batches of a mixed result");
    };
  }

  private Value joined(List<Value> values) {
    var axis = batch.dim().axis();
    var stacked = values.stream().map(v -> stacked(v, axis)).toArray(Value[]::new);
    var op = new Concat(Collections.nCopies(stacked.length, axis), axis);
    var all = builder.emit(values.getFirst().name(), op, stacked);
    return batch.join(all, values.getFirst(), builder);
  }

  private Value stacked(Value value, String axis) {
    var first = value.type().dims().getFirst();
    var op = new Split(first.axis(), List.of(new Dim(axis, 1), first));
    return builder.emit(value.name(), op, value);
  }
}
