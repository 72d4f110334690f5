package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Concat;
import java.util.List;
import java.util.Map;

/** {@code train_step} of a pipeline: a small interpreter of the schedule, then the update. */
record PipelineStepText(
    PipelineShape shape, NodePrinter printer, Vocabulary vocabulary, boolean keepsWeights) {
  private static final String FORWARD =
      """
          stage, p, g = STAGES[number], pipe.weights[number], pipe.gradients[number]
          if phase == "F":
              data = [pieces[name][m] for name in stage.data]
              given, results, saved[number, m] = stage.forward(p, *pipe.take(stage.takes, m), *data)
              keep(results, m)
              pipe.give(number, m, given)
      """;

  private static final String BACKWARD =
      """
          else:
              d = pipe.take_back(number, m)
              pipe.give_back(number, m, stage.backward(p, g, saved.pop((number, m)), *d))
      """;

  /** A stage has either one backward or two halves; the halves one after the other are B again. */
  private static final String SPLIT_BACKWARD =
      """
          elif phase in "BI" and stage.backward:
              d = pipe.take_back(number, m)
              pipe.give_back(number, m, stage.backward(p, g, saved.pop((number, m)), *d))
          elif phase in "BI":
              d = pipe.take_back(number, m)
              d, later[number, m] = stage.input_gradient(p, g, saved.pop((number, m)), *d)
              pipe.give_back(number, m, d)
          if phase in "BW" and not stage.backward:
              stage.weight_gradient(p, g, later.pop((number, m)))
      """;

  void write(PythonWriter out) {
    out.line("def micro_batches(" + inputs("slots") + "):");
    out.indented(() -> pieces(out));
    out.gap();
    joins(out);
    out.gap();
    out.line("def train_step(state, batch, step, update=update, outputs=None):");
    out.indented(() -> body(out));
  }

  private void pieces(PythonWriter out) {
    out.line("\"\"\"Of each input, what each micro-batch takes of it.\"\"\"");
    out.line("return {");
    out.indented(
        () ->
            shape
                .feeds()
                .forEach(
                    (name, feed) -> out.line(Literal.string(name) + ": " + piece(feed) + ",")));
    out.line("}");
  }

  /**
   * Of what pieces are made: the batch, and the optimizer's state where that has the loss scale.
   */
  private String inputs(String slots) {
    return usesState() ? "batch, " + slots : "batch";
  }

  private boolean usesState() {
    return shape.feeds().values().stream().anyMatch(f -> f.part() == StepShape.Part.STATE);
  }

  private String piece(StepShape.Feed feed) {
    var table = feed.part() == StepShape.Part.STATE ? "slots" : "batch";
    var entry = Expression.atom(table + "[" + Literal.string(feed.name()) + "]");
    var whole = new Views(printer).of(feed.source(), Map.of(origin(feed.source()), entry)).text();
    return switch (feed.part()) {
      case SLICE -> whole;
      case ALL, STATE -> "[" + whole + "]" + (shape.microBatches() > 1 ? " * MICRO" : "");
    };
  }

  /** The input of the step of which a value is a view. */
  private static Value origin(Value value) {
    return value instanceof Result(var node, var index) ? origin(node.operand(0)) : value;
  }

  private void joins(PythonWriter out) {
    out.line("# how the results of micro-batches make up those of the batch");
    out.line("JOIN = {");
    out.indented(
        () ->
            shape
                .results()
                .forEach(
                    (port, value) ->
                        out.line(
                            Literal.string(port.name())
                                + ": lambda pieces: "
                                + join(value)
                                + ",")));
    out.line("}");
  }

  private String join(Value whole) {
    var root = root(whole);
    if (root.op() instanceof Call) {
      return "pieces[0].clone()";
    }
    var stack = Expression.call("torch.stack", "pieces");
    if (root.op() instanceof Concat) {
      return new Views(printer).of(whole, Map.of(root.result(), stack)).text();
    }
    var node = ((Result) whole).node();
    boolean isMean = node.op() instanceof Affine a && a.scale() == 1.0 / shape.microBatches();
    return stack.method(isMean ? "mean(0)" : "sum(0)").text();
  }

  /** Where the results of micro-batches come together: a sum, a concatenation, or one call. */
  private static Node root(Value value) {
    var node = ((Result) value).node();
    return node.op() instanceof Call || node.op() instanceof Concat || node.op() instanceof Binary
        ? node
        : root(node.operand(0));
  }

  private void body(PythonWriter out) {
    out.line(
        "\"\"\"Trains on this rank's part of a batch. Returns the loss and the gradient's vector.");
    out.blank();
    out.line("`outputs`, a dict, receives those of the model's outputs that this rank makes.");
    out.line("\"\"\"");
    out.line("pipe, pieces = state.pipe, micro_batches(" + inputs("state.slots") + ")");
    out.line(shape.splitsBackward() ? "made, saved, later = {}, {}, {}" : "made, saved = {}, {}");
    out.blank();
    out.line("def keep(results, m):");
    out.indented(
        () -> {
          out.line("for name, value in results.items():");
          out.indented(
              () -> {
                out.line("if name == " + loss() + " or outputs is not None:");
                out.indented(
                    () -> out.line("made.setdefault(name, [None] * " + micro() + ")[m] = value"));
              });
        });
    out.blank();
    out.line("state.gradients.flat.zero_()");
    out.line("pipe.start()");
    if (keepsWeights) {
      out.line("cache = Cache([(pipe.weights[n], held) for n, held in pipe.held.items()])");
      out.line("for at, (number, phase, m) in enumerate(pipe.row):");
      out.indented(() -> out.line("cache.turn(TURNS[pipe.place].get(at, ()))"));
    } else {
      out.line("for number, phase, m in pipe.row:");
    }
    out.lines(FORWARD);
    out.lines(shape.splitsBackward() ? SPLIT_BACKWARD : BACKWARD);
    if (keepsWeights) {
      out.line("cache.clear()");
    }
    out.line("pipe.finish()").blank();
    out.line("p, g = state.weights, state.gradients");
    if (!shape.shared().isEmpty()) {
      out.line("for name, places in SHARED:");
      out.indented(() -> out.line("pipe.sum_among(places, name)"));
    }
    shape.reduction().scale().ifPresent(scale -> out.line("g.flat.mul_(" + scaleText(scale) + ")"));
    new ReductionText(shape.reduction(), vocabulary).write(out);
    results(out);
    out.line("return loss, grad");
  }

  private void results(PythonWriter out) {
    out.line("whole = {name: JOIN[name](values) for name, values in made.items()}");
    out.line("loss = whole.get(" + loss() + ", torch.zeros_like(p.flat[0]))");
    out.line(
        "loss = "
            + vocabulary.function("all_reduce")
            + "(loss, "
            + vocabulary.group(List.of(shape.axis()))
            + ")",
        "the places without the loss add nothing");
    out.line("if outputs is not None:");
    out.indented(() -> out.line("outputs.update(whole)"));
  }

  private String micro() {
    return shape.microBatches() > 1 ? "MICRO" : "1";
  }

  private String loss() {
    return shape.results().keySet().stream()
        .filter(port -> port instanceof Port.Loss)
        .map(port -> Literal.string(port.name()))
        .findFirst()
        .orElseThrow();
  }

  private String scaleText(double scale) {
    return scale == 1.0 / shape.microBatches() ? "1 / MICRO" : Literal.number(scale);
  }
}
