package dev.weft.backends.torch;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code train_step}: micro-batches, the reduction over replicas, the update. */
record StepText(
    StepShape shape,
    Program program,
    Vocabulary vocabulary,
    List<StepShape.Feed> inputs,
    List<String> outputs,
    boolean keepsWeights) {

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
    var weights = keepsWeights ? "resident(state, RESIDENT)" : "state.weights";
    out.line("p, g = " + weights + ", state.gradients");
    out.line("g.flat.zero_()");
    if (shape.microBatches() == 1) {
      single(out);
    } else {
      many(out);
    }
    if (keepsWeights) {
      out.line("p = state.weights  # what stayed on the device is not needed any more");
    }
    shape.reduction().scale().ifPresent(scale -> out.line("g.flat.mul_(" + scaleText(scale) + ")"));
    new ReductionText(shape.reduction(), vocabulary).write(out);
    out.line("return loss, grad");
  }

  private void single(PythonWriter out) {
    out.line(target() + " = forward(p, " + arguments() + ")");
    out.line("backward(p, g, saved)");
    if (!outputs.isEmpty()) {
      out.line("if outputs is not None:");
      out.indented(() -> out.line("outputs.update(results)"));
    }
  }

  private void many(PythonWriter out) {
    var batch = new HashMap<Value, Expression>();
    for (var input : inputs) {
      if (input.part() == StepShape.Part.STATE) {
        continue;
      }
      batch.put(root(input.source()), Expression.atom(entry(input)));
      Wrapping.line(out, variable(input) + " = " + chain(input.source(), batch), "");
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
    out.line("loss = " + joined(0, "losses"));
    if (!outputs.isEmpty()) {
      out.line("if outputs is not None:");
      out.indented(() -> joinOutputs(out));
    }
  }

  private void joinOutputs(PythonWriter out) {
    for (int i = 0; i < outputs.size(); i++) {
      var key = Literal.string(outputs.get(i));
      var all = "[r[" + key + "] for r in pieces]";
      Wrapping.line(out, "outputs[" + key + "] = " + joined(i + 1, all), "");
    }
  }

  /** A result of the step, made of a list of those of the micro-batches. */
  private String joined(int result, String list) {
    var whole = shape.results().get(result);
    var stack = Expression.call("torch.stack", list);
    return chain(whole, Map.of(root(whole), stack)).text();
  }

  /** What the micro-batches' loop is given or gives, at the far end of some views of it. */
  private Value root(Value value) {
    var found = value;
    while (found instanceof Result(var node, var index)
        && shape.loop().filter(node::equals).isEmpty()) {
      found = node.operand(0);
    }
    return found;
  }

  private Expression chain(Value value, Map<Value, Expression> roots) {
    return new Views(program.printer()).of(value, roots);
  }

  private String scaleText(double scale) {
    return scale == 1.0 / shape.microBatches() ? "1 / MICRO" : Literal.number(scale);
  }

  private String target() {
    return outputs.isEmpty() ? "loss, saved" : "loss, results, saved";
  }

  private String arguments() {
    return inputs.stream().map(StepText::entry).collect(Collectors.joining(", "));
  }

  private String microArguments() {
    return inputs.stream()
        .map(
            f ->
                switch (f.part()) {
                  case SLICE -> variable(f) + "[m]";
                  case ALL -> variable(f);
                  case STATE -> entry(f);
                })
        .collect(Collectors.joining(", "));
  }

  private static String entry(StepShape.Feed feed) {
    var table = feed.part() == StepShape.Part.STATE ? "state.slots" : "batch";
    return table + "[" + Literal.string(feed.name()) + "]";
  }

  /** A local variable for the pieces of an input; the step's own names are not taken. */
  private static String variable(StepShape.Feed feed) {
    return new Names(LOCALS).take(feed.name());
  }
}
