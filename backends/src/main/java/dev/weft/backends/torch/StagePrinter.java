package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The phases of a pipeline stage as Python functions. Each returns last what later ones read of it
 * and of those before it; that is what the next one takes.
 *
 * <pre>{@code
 * def stage1_forward(p, x, labels):           # returns activations, results, saved
 * def stage1_backward(p, g, saved, d_x):      # returns cotangents
 * def stage1_input_gradient(p, g, saved, d_x):   # returns cotangents, later
 * def stage1_weight_gradient(p, g, later):
 * }</pre>
 */
final class StagePrinter {
  private final Program program;
  private final StageCode stage;
  private final Map<String, String> attributes;
  private final List<String> wants;
  private final List<Phase> phases;
  private final Map<Value, String> names = new HashMap<>();

  /**
   * A printer of one stage.
   *
   * @param attributes the attribute of {@code p} and {@code g} of each weight, by path
   * @param wants the activations whose cotangents come to the backward, in order
   */
  StagePrinter(
      Program program, StageCode stage, Map<String, String> attributes, List<String> wants) {
    this.program = program;
    this.stage = stage;
    this.attributes = attributes;
    this.wants = wants;
    this.phases = List.copyOf(stage.phases().keySet());
  }

  /** The Python name of a phase's function, after that of the stage. */
  static String suffix(Phase phase) {
    return switch (phase) {
      case FORWARD -> "forward";
      case BACKWARD -> "backward";
      case INPUT_GRADIENT -> "input_gradient";
      case WEIGHT_GRADIENT -> "weight_gradient";
    };
  }

  /**
   * Writes the functions. A repeat whose weights are stacked runs as often as the stage has rows of
   * them, so that stages of several lengths read alike.
   */
  void print() {
    for (var weight : stage.weights().keySet()) {
      int dot = weight.path().indexOf('.');
      var rows = weight.rows();
      if (rows.isPresent() && dot > 0) {
        var name = "p." + attributes.get(weight.path());
        program.count(weight.path().substring(0, dot), rows.get().count(), "len(" + name + ")");
      }
    }
    for (int at = 0; at < phases.size(); at++) {
      print(at);
    }
  }

  private void print(int at) {
    var phase = phases.get(at);
    var before = at == 0 ? Crossing.NOTHING : crossing(at - 1);
    var after = at == phases.size() - 1 ? Crossing.NOTHING : crossing(at);
    var made = made(phase);
    var destinations = new Destinations();
    made.forEach(m -> m.values().forEach(destinations::keep));
    after.values().forEach(destinations::keep);
    boolean addsGradients = at > 0;
    stage
        .gradients()
        .forEach(
            (weight, value) -> {
              for (var part : Sink.parts(value, "g." + attributes.get(weight.path()))) {
                if (adder(part.value()) == at) {
                  destinations.sink(part.value(), part.sink());
                }
              }
            });
    var parameters = new ArrayList<String>();
    var routine =
        program.write(
            stage.region(),
            stage.phases().getOrDefault(phase, List.of()),
            destinations,
            0,
            r -> {
              parameters.clear();
              parameters.add("p");
              if (addsGradients) {
                parameters.add("g");
              }
              open(r, at, before, parameters);
            },
            r -> close(r, at, made, before, after));
    var writer = new PythonWriter();
    Wrapping.line(writer, "def " + suffix(phase) + "(" + String.join(", ", parameters) + "):", "");
    var body = routine.out().text();
    writer.indented(() -> writer.lines(doc(phase)).lines(body.isBlank() ? "pass" : body));
    program.add(writer.text());
  }

  private void open(Routine routine, int at, Crossing before, List<String> parameters) {
    stage
        .weights()
        .forEach(
            (weight, value) ->
                routine.scope().bind(value, Expression.atom("p." + attributes.get(weight.path()))));
    if (at > 0) {
      var list = at == 1 ? "saved" : "later";
      parameters.add(list);
      before.unpack(routine, names, list);
    }
    if (at == 0) {
      stage.takes().values().forEach(v -> parameters.add(routine.scope().declare(v, v.name())));
      stage.data().values().forEach(v -> parameters.add(routine.scope().declare(v, v.name())));
    } else if (at == 1) {
      for (var name : wants) {
        var value = stage.wants().get(name);
        parameters.add(
            value == null
                ? routine.scope().names().take("d_" + name)
                : routine.scope().declare(value, value.name()));
      }
    }
  }

  /** What a phase returns: of the forward activations and results, else cotangents. */
  private List<Map<String, Value>> made(Phase phase) {
    return switch (phase) {
      case FORWARD -> List.of(stage.gives(), stage.results());
      case BACKWARD, INPUT_GRADIENT -> List.of(stage.returns());
      case WEIGHT_GRADIENT -> List.of();
    };
  }

  private void close(
      Routine routine, int at, List<Map<String, Value>> made, Crossing before, Crossing after) {
    if (made.isEmpty()) {
      return;
    }
    var passed = made.getFirst().values().stream().map(v -> unchanged(routine, v)).toList();
    var prefix = new StringBuilder("return ").append(Literal.tuple(passed));
    made.stream().skip(1).forEach(results -> prefix.append(", ").append(dict(routine, results)));
    if (at == phases.size() - 1) {
      routine.out().line(prefix.toString());
      return;
    }
    before.drop(routine, after);
    var saved = after.packed(routine, names);
    Wrapping.write(routine.out(), prefix + ", (", saved, saved.size() == 1 ? ",)" : ")");
  }

  private static String dict(Routine routine, Map<String, Value> values) {
    var entries = new ArrayList<String>();
    values.forEach(
        (name, value) -> entries.add(Literal.string(name) + ": " + unchanged(routine, value)));
    return "{" + String.join(", ", entries) + "}";
  }

  /** A result; the update changes weights in place, a result is what they were before. */
  private static String unchanged(Routine routine, Value value) {
    var read = routine.read(value);
    return (read.text().startsWith("p.") ? read.method("clone()") : read).text();
  }

  /** What phases after one read of what there is until then. */
  private Crossing crossing(int until) {
    var known = new HashSet<Node>();
    var later = new ArrayList<Node>();
    for (int at = 0; at < phases.size(); at++) {
      (at <= until ? known : later).addAll(stage.phases().getOrDefault(phases.get(at), List.of()));
    }
    var arriving = new HashSet<>(stage.weights().values());
    if (until == 0) {
      arriving.addAll(stage.wants().values());
    }
    var crossing = Crossing.of(later, value -> isPassed(value, known, arriving));
    var yielded = new ArrayList<Value>();
    Sink.rows(List.copyOf(stage.gradients().values())).stream()
        .filter(v -> adder(v) > until)
        .forEach(yielded::add);
    if (until == 0) {
      yielded.addAll(stage.returns().values());
    }
    yielded.stream()
        .map(Aliases::canonical)
        .filter(v -> isPassed(v, known, arriving))
        .forEach(crossing.values()::add);
    return crossing;
  }

  /** The phase that adds a gradient to {@code g}: the one that makes it, or else the last. */
  private int adder(Value gradient) {
    if (Aliases.canonical(gradient) instanceof Result(var node, var index)) {
      for (int at = 1; at < phases.size(); at++) {
        if (stage.phases().getOrDefault(phases.get(at), List.of()).contains(node)) {
          return at;
        }
      }
    }
    return phases.size() - 1;
  }

  private static boolean isPassed(Value value, Set<Node> known, Set<Value> arriving) {
    boolean isKnown =
        value instanceof Result(var source, var index)
            ? known.contains(source)
            : !arriving.contains(value);
    return isKnown && Uniform.of(value).isEmpty();
  }

  private static String doc(Phase phase) {
    return switch (phase) {
      case FORWARD ->
          "\"\"\"Forward: activations for later stages, results, and what the backward reads.\"\"\"";
      case BACKWARD ->
          "\"\"\"Backward: adds to `g`, returns cotangents of the activations taken.\"\"\"";
      case INPUT_GRADIENT ->
          "\"\"\"Backward, first half: returns cotangents, and what the second half reads.\"\"\"";
      case WEIGHT_GRADIENT -> "\"\"\"Backward, second half: adds to `g`.\"\"\"";
    };
  }
}
