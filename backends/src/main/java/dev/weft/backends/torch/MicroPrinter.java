package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.ToHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One micro-batch as two Python functions. A node is forward when the loss or an output depends on
 * it; everything else computes gradients and is backward. What backward nodes read of forward ones
 * is the tuple that {@code forward} returns last.
 */
final class MicroPrinter {
  private final Program program;
  private final StepShape shape;
  private final Map<String, String> attributes;
  private final List<String> outputs;
  private final List<Node> forward;
  private final List<Node> backward;

  /** What values that are saved are called in the forward function, once it is written. */
  private final Map<Value, String> names = new HashMap<>();

  /**
   * A printer of one micro-batch.
   *
   * @param attributes the attribute of {@code p} and {@code g} of each weight, by path
   * @param outputs the names of the outputs, in the order of the yields after the loss
   */
  MicroPrinter(
      Program program, StepShape shape, Map<String, String> attributes, List<String> outputs) {
    this.program = program;
    this.shape = shape;
    this.attributes = attributes;
    this.outputs = outputs;
    var isForward =
        new HashSet<>(StepShape.ancestors(shape.micro().nodes(), shape.micro().yields()));
    shape.micro().nodes().stream().filter(n -> leaves(n, isForward)).forEach(isForward::add);
    this.forward = shape.micro().nodes().stream().filter(isForward::contains).toList();
    this.backward = shape.micro().nodes().stream().filter(n -> !isForward.contains(n)).toList();
  }

  /** Whether a node sends to the host what the forward has made for the backward. */
  private static boolean leaves(Node node, Set<Node> forward) {
    return node.op() instanceof ToHost
        && node.operand(0) instanceof Result(var maker, var _)
        && forward.contains(maker);
  }

  /** The inputs that {@code forward} takes, in order: those that it reads, returns or saves. */
  List<StepShape.Feed> inputs() {
    var reads = Reads.of(forward);
    var passed = new HashSet<>(crossing().values());
    passed.addAll(shape.micro().yields());
    return shape.data().stream()
        .filter(f -> !reads.of(f.value()).isEmpty() || passed.contains(f.value()))
        .toList();
  }

  void print() {
    var destinations = new Destinations();
    var crossing = crossing();
    shape.micro().yields().forEach(destinations::keep);
    crossing.values().forEach(destinations::keep);
    var parameters = new ArrayList<String>();
    var routine =
        program.write(
            shape.micro(),
            forward,
            destinations,
            0,
            r -> {
              parameters.clear();
              bindWeights(r);
              inputs().forEach(f -> parameters.add(r.scope().declare(f.value(), f.name())));
            },
            r -> returnForward(r, crossing));
    define("forward", "p, " + String.join(", ", parameters), forwardDoc(), routine);
    printBackward(crossing);
  }

  private void printBackward(Crossing crossing) {
    var destinations = new Destinations();
    var paths = List.copyOf(attributes.keySet());
    for (int i = 0; i < paths.size(); i++) {
      destinations.sinkParts(shape.gradients().get(i), "g." + attributes.get(paths.get(i)));
    }
    var routine =
        program.write(
            shape.micro(),
            backward,
            destinations,
            0,
            r -> {
              bindWeights(r);
              crossing.unpack(r, names, "saved");
            },
            r -> {});
    define(
        "backward",
        "p, g, saved",
        "\"\"\"Adds the gradients of one micro-batch to g.\"\"\"",
        routine);
  }

  private void bindWeights(Routine routine) {
    shape
        .weights()
        .forEach(
            (path, value) ->
                routine.scope().bind(value, Expression.atom("p." + attributes.get(path))));
  }

  /** What backward nodes read of forward ones: values, and the loops whose slices they take. */
  private Crossing crossing() {
    var isForward = new HashSet<>(forward);
    var weights = new HashSet<>(shape.weights().values());
    var crossing =
        Crossing.of(
            backward,
            value ->
                Uniform.of(value).isEmpty()
                    && (value instanceof Result(var source, var _)
                        ? isForward.contains(source)
                        : !weights.contains(value)));
    gradientsComputedForward(isForward, weights, crossing.values());
    return crossing;
  }

  /** A gradient may be a value of the forward program or an input itself. */
  private void gradientsComputedForward(
      Set<Node> isForward, Set<Value> weights, Set<Value> values) {
    for (var gradient : Sink.rows(shape.gradients())) {
      var value = Aliases.canonical(gradient);
      boolean own = value instanceof Result(var source, var index) && !isForward.contains(source);
      if (!own && !weights.contains(value) && Uniform.of(value).isEmpty()) {
        values.add(value);
      }
    }
  }

  private void returnForward(Routine routine, Crossing crossing) {
    var saved = crossing.packed(routine, names);
    var yields = shape.micro().yields();
    var results = new StringBuilder("return " + routine.read(yields.getFirst()) + ", ");
    if (!outputs.isEmpty()) {
      var entries = new ArrayList<String>();
      for (int i = 0; i < outputs.size(); i++) {
        var output = routine.read(yields.get(i + 1));
        // The update changes weights in place; an output is what they were before.
        var unchanged = output.text().startsWith("p.") ? output.method("clone()") : output;
        entries.add(Literal.string(outputs.get(i)) + ": " + unchanged);
      }
      results.append("{").append(String.join(", ", entries)).append("}, ");
    }
    Wrapping.write(routine.out(), results + "(", saved, saved.size() == 1 ? ",)" : ")");
  }

  private String forwardDoc() {
    var results = outputs.isEmpty() ? "loss, and" : "loss, outputs, and";
    return "\"\"\"One micro-batch: " + results + " what backward reads.\"\"\"";
  }

  private void define(String name, String parameters, String doc, Routine routine) {
    var writer = new PythonWriter();
    writer.line("def " + name + "(" + parameters + "):");
    writer.indented(() -> writer.lines(doc).lines(routine.out().text()));
    program.add(writer.text());
  }
}
