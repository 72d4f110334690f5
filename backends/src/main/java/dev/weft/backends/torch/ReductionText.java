package dev.weft.backends.torch;

import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.ReduceScatter;

/** The end of a training step: the gradient summed over replicas, and the update of weights. */
record ReductionText(Reduction reduction, Vocabulary vocabulary) {
  void write(PythonWriter out) {
    if (reduction.isByWeight()) {
      byWeight(out);
      return;
    }
    if (reduction.spread()) {
      spread(out);
      return;
    }
    reduction.shares().ifPresentOrElse(scatter -> share(out, scatter), () -> whole(out));
  }

  /** Replicas hold different pieces of some weights. */
  private void byWeight(PythonWriter out) {
    reduction.byWeight().forEach(vocabulary::group);
    out.line(
        "grad = state.reduced(REPLICAS)", "each weight over the replicas that hold the same of it");
    if (reduction.spread()) {
      out.line(
          "state.update(update, state.cut(), grad, step)", "this rank's shares of the weights");
      out.line("state.join()", "all-gather of each weight");
    } else {
      out.line("state.update(update, p.flat, grad, step)");
    }
  }

  /** Each weight is cut by itself, as its gradient is already. */
  private void spread(PythonWriter out) {
    gradient(out);
    out.line("state.update(update, state.cut(), grad, step)", "this rank's shares of the weights");
    out.line("state.join()", "all-gather of each weight");
  }

  private void gradient(PythonWriter out) {
    if (reduction.everywhere().isPresent()) {
      sum(out, reduction.everywhere().get(), "g.flat");
    } else {
      out.line("grad = g.flat");
    }
  }

  private void whole(PythonWriter out) {
    gradient(out);
    out.line("state.update(update, p.flat, grad, step)");
  }

  private void share(PythonWriter out, ReduceScatter scatter) {
    var group = vocabulary.group(scatter.over());
    out.line(
        "grad = " + vocabulary.function("reduce_scatter") + "(g.flat, 0, " + group + ")",
        CollectivePrinter.describe(scatter));
    reduction.everywhere().ifPresent(all -> sum(out, all, "grad"));
    out.line(
        "share = " + vocabulary.function("shard") + "(p.flat, 0, " + group + ")",
        "a view: the weights that this rank updates");
    out.line("state.update(update, share, grad, step)");
    out.line(
        vocabulary.function("all_gather_into") + "(p.flat, share, " + group + ")",
        "all-gather " + String.join(", ", scatter.over()));
  }

  private void sum(PythonWriter out, AllReduce all, String what) {
    var call = vocabulary.function("all_reduce");
    out.line(
        "grad = " + call + "(" + what + ", " + vocabulary.group(all.over()) + ")",
        CollectivePrinter.describe(all));
  }
}
