package dev.weft.backends.torch;

import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.ReduceScatter;
import java.util.Optional;

/** The end of a training step: the gradient summed over replicas, and the update of weights. */
record ReductionText(Optional<Collective> reduction, Vocabulary vocabulary) {
  void write(PythonWriter out) {
    if (reduction.isEmpty()) {
      out.line("grad = g.flat");
      out.line("state.update(update, p.flat, grad, step)");
      return;
    }
    switch (reduction.get()) {
      case AllReduce all -> {
        var group = vocabulary.group(all.over());
        var call = vocabulary.function("all_reduce");
        out.line("grad = " + call + "(g.flat, " + group + ")", CollectivePrinter.describe(all));
        out.line("state.update(update, p.flat, grad, step)");
      }
      case ReduceScatter scatter -> {
        var group = vocabulary.group(scatter.over());
        out.line(
            "grad = " + vocabulary.function("reduce_scatter") + "(g.flat, 0, " + group + ")",
            CollectivePrinter.describe(scatter));
        out.line(
            "share = " + vocabulary.function("shard") + "(p.flat, 0, " + group + ")",
            "a view: the weights that this rank updates");
        out.line("state.update(update, share, grad, step)");
        out.line(
            vocabulary.function("all_gather_into") + "(p.flat, share, " + group + ")",
            "all-gather " + String.join(", ", scatter.over()));
      }
      default -> throw new IllegalStateException("no reduction of gradients: " + reduction);
    }
  }
}
