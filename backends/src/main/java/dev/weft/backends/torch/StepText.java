package dev.weft.backends.torch;

import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.ReduceScatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code train_step}: micro-batches, the reduction over replicas, the update. */
record StepText(
    StepShape shape, Vocabulary vocabulary, List<StepShape.Feed> inputs, List<String> outputs) {

  private static final Set<String> LOCALS =
      Set.of(
          "p", "g", "m", "loss", "losses", "pieces", "results", "saved", "grad", "share", "state",
          "batch", "step", "update", "outputs");

  void write(PythonWriter out) {
    out.line("def train_step(state, batch, step, update=update, outputs=None):");
    out.indented(() -> body(out));
  }

  private void body(PythonWriter out) {
    out.line(
        "\"\"\"Trains on this rank's part of a batch. Returns the loss and the gradient's vector.");
    out.blank();
    out.line("`outputs`, a dict, receives the model's outputs.");
    out.line("\"\"\"");
    out.line("p, g = state.weights, state.gradients");
    out.line("g.flat.zero_()");
    if (shape.microBatches() == 1) {
      single(out);
    } else {
      many(out);
    }
    shape.gradientScale().ifPresent(scale -> out.line("g.flat.mul_(" + scaleText(scale) + ")"));
    update(out);
    out.line("return loss, grad");
  }

  private void single(PythonWriter out) {
    out.line(target() + " = forward(p, " + arguments("") + ")");
    out.line("backward(p, g, saved)");
    if (!outputs.isEmpty()) {
      out.line("if outputs is not None:");
      out.indented(() -> out.line("outputs.update(results)"));
    }
  }

  private void many(PythonWriter out) {
    for (var input : inputs) {
      var name = variable(input);
      if (input.cut() >= 0) {
        out.line(
            name
                + " = batch["
                + Literal.string(input.name())
                + "].chunk(MICRO, "
                + input.cut()
                + ")");
      } else {
        out.line(name + " = batch[" + Literal.string(input.name()) + "]");
      }
    }
    out.line(outputs.isEmpty() ? "losses = []" : "losses, pieces = [], []");
    out.line("for m in range(MICRO):");
    out.indented(
        () -> {
          out.line(target() + " = forward(p, " + microArguments() + ")");
          out.line("backward(p, g, saved)");
          out.line("losses.append(loss)");
          if (!outputs.isEmpty()) {
            out.line("if outputs is not None:");
            out.indented(() -> out.line("pieces.append(results)"));
          }
        });
    out.line("loss = " + join(shape.joins().getFirst(), "losses"));
    if (!outputs.isEmpty()) {
      out.line("if outputs is not None:");
      out.indented(() -> joinOutputs(out));
    }
  }

  private void joinOutputs(PythonWriter out) {
    for (int i = 0; i < outputs.size(); i++) {
      var key = Literal.string(outputs.get(i));
      var all = "[r[" + key + "] for r in pieces]";
      out.line("outputs[" + key + "] = " + join(shape.joins().get(i + 1), all));
    }
  }

  private static String join(StepShape.Join join, String list) {
    return switch (join) {
      case StepShape.Join.Only only ->
          throw new IllegalStateException("micro-batches without a way to join them");
      case StepShape.Join.Mean mean -> "torch.stack(" + list + ").mean(0)";
      case StepShape.Join.Sum sum -> "torch.stack(" + list + ").sum(0)";
      case StepShape.Join.Beside(var dim) -> "torch.cat(" + list + ", " + dim + ")";
    };
  }

  private void update(PythonWriter out) {
    if (shape.reduction().isEmpty()) {
      out.line("grad = g.flat");
      out.line("update(p.flat, grad, state.slots, step)");
      return;
    }
    switch (shape.reduction().get()) {
      case AllReduce all -> {
        var group = vocabulary.group(all.over());
        var call = vocabulary.function("all_reduce");
        out.line("grad = " + call + "(g.flat, " + group + ")", CollectivePrinter.describe(all));
        out.line("update(p.flat, grad, state.slots, step)");
      }
      case ReduceScatter scatter -> {
        var group = vocabulary.group(scatter.over());
        out.line(
            "grad = " + vocabulary.function("reduce_scatter") + "(g.flat, 0, " + group + ")",
            CollectivePrinter.describe(scatter));
        out.line(
            "share = " + vocabulary.function("shard") + "(p.flat, 0, " + group + ")",
            "a view: the weights that this rank updates");
        out.line("update(share, grad, state.slots, step)");
        out.line(
            vocabulary.function("all_gather_into") + "(p.flat, share, " + group + ")",
            "all-gather " + String.join(", ", scatter.over()));
      }
      default -> throw new IllegalStateException("no reduction of gradients: " + shape.reduction());
    }
  }

  private String scaleText(double scale) {
    return scale == 1.0 / shape.microBatches() ? "1 / MICRO" : Literal.number(scale);
  }

  private String target() {
    return outputs.isEmpty() ? "loss, saved" : "loss, results, saved";
  }

  private String arguments(String suffix) {
    return inputs.stream()
        .map(f -> "batch[" + Literal.string(f.name()) + "]" + suffix)
        .collect(Collectors.joining(", "));
  }

  private String microArguments() {
    return inputs.stream()
        .map(f -> variable(f) + (f.cut() >= 0 ? "[m]" : ""))
        .collect(Collectors.joining(", "));
  }

  /** A local variable for the pieces of an input; the step's own names are not taken. */
  private static String variable(StepShape.Feed feed) {
    return new Names(LOCALS).take(feed.name());
  }
}
