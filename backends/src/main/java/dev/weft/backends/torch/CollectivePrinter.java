package dev.weft.backends.torch;

import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.ShardSlice;
import java.util.ArrayList;
import java.util.List;

/** Exchanges between devices, as calls into {@code comm.py}. */
record CollectivePrinter(Vocabulary vocabulary) {
  /** Sums into its operand, which therefore must be nobody else's. */
  Expression allReduce(AllReduce op, Operand x) {
    return call("all_reduce", x, List.of(), op.over(), op.combine());
  }

  Expression allGather(AllGather op, Operand x) {
    return call("all_gather", x, List.of(at(x, op.axis())), op.over(), Combine.SUM);
  }

  /** To be waited for by {@code ahead}. */
  Expression beginAllGather(AllGather op, Operand x) {
    return call("begin_all_gather", x, List.of(at(x, op.axis())), op.over(), Combine.SUM);
  }

  Expression reduceScatter(ReduceScatter op, Operand x) {
    return call("reduce_scatter", x, List.of(at(x, op.axis())), op.over(), op.combine());
  }

  Expression allToAll(AllToAll op, Operand x) {
    var dims = List.of(at(x, op.split()), at(x, op.join()));
    return call("all_to_all", x, dims, op.over(), Combine.SUM);
  }

  Expression shard(ShardSlice op, Operand x) {
    return call("shard", x, List.of(at(x, op.axis())), op.over(), Combine.SUM);
  }

  /** For people: {@code all-reduce tp}. */
  static String describe(Collective op) {
    return op.kind().replace('_', '-') + " " + String.join(", ", op.over());
  }

  private Expression call(
      String function, Operand x, List<String> dims, List<String> over, Combine combine) {
    var arguments = new ArrayList<String>();
    arguments.add(x.expression().text());
    arguments.addAll(dims);
    arguments.add(vocabulary.group(over));
    if (combine != Combine.SUM) {
      arguments.add(Literal.string(combine.text()));
    }
    return Expression.call(vocabulary.function(function), arguments);
  }

  private static String at(Operand x, String axis) {
    return Integer.toString(x.type().indexOf(axis));
  }
}
