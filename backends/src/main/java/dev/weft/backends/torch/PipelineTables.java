package dev.weft.backends.torch;

import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.schedule.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of a pipeline and the order of their work as Python tables.
 *
 * @param functions for each stage, what the functions of its phases are called
 */
record PipelineTables(PipelineShape shape, Ports ports, List<Map<String, String>> functions) {
  void write(PythonWriter out) {
    out.line("PIPELINE = " + Literal.string(shape.axis()), "the mesh axis of the places");
    out.line("STAGES = (");
    out.indented(() -> stages(out));
    out.line(")").blank();
    out.line("# what goes from stage to stage, and comes back as a cotangent: its shape");
    out.line("ACTIVATIONS = (");
    out.indented(() -> activations().forEach((name, v) -> out.line(activation(name, v) + ",")));
    out.line(")").blank();
    out.line("# weights that several places hold: their gradients are summed among these");
    out.line("SHARED = (");
    out.indented(() -> shape.shared().forEach((name, members) -> shared(out, name, members)));
    out.line(")").blank();
    out.line("# what each place does, in order");
    out.line("SCHEDULE = (");
    out.indented(() -> shape.rows().forEach(row -> row(out, row)));
    out.line(")");
  }

  private void stages(PythonWriter out) {
    for (int s = 0; s < shape.stages().size(); s++) {
      var stage = shape.stages().get(s);
      var items = new ArrayList<String>();
      items.add("place=" + shape.places().get(s));
      items.add("weights=" + Literal.strings(weights(stage)));
      items.add("data=" + Literal.strings(stage.data().keySet()));
      items.add("takes=" + Literal.strings(stage.takes().keySet()));
      items.add("gives=" + Literal.strings(stage.gives().keySet()));
      items.add("returns=" + Literal.strings(stage.returns().keySet()));
      for (var phase : stage.phases().keySet()) {
        items.add(
            StagePrinter.suffix(phase) + "=" + functions.get(s).get(StagePrinter.suffix(phase)));
      }
      var cuts = cuts(stage);
      if (!cuts.isEmpty()) {
        cuts.set(0, "cuts={" + cuts.getFirst());
        cuts.set(cuts.size() - 1, cuts.getLast() + "}");
        items.addAll(cuts);
      }
      out.line("# " + s);
      Wrapping.write(out, "Stage(", items, "),");
    }
  }

  /** The weights that this stage has in another layout than the table of weights says. */
  private List<String> cuts(StageCode stage) {
    var cuts = new ArrayList<String>();
    stage
        .weights()
        .forEach(
            (weight, value) -> {
              var cut = Ports.cut(value);
              if (!cut.equals(ports.cut(weight.path()))) {
                cuts.add(Literal.string(weight.path()) + ": " + cut);
              }
            });
    return cuts;
  }

  /** The weights that a stage holds; all of one repeat in one word. */
  private List<String> weights(StageCode stage) {
    var byRepeat = new LinkedHashMap<String, List<Port.Weight>>();
    stage
        .weights()
        .keySet()
        .forEach(w -> byRepeat.computeIfAbsent(word(w), _ -> new ArrayList<>()).add(w));
    var words = new ArrayList<String>();
    byRepeat.forEach(
        (word, weights) -> {
          if (isWhole(word, weights)) {
            words.add(word);
          } else {
            weights.forEach(w -> words.add(w.name()));
          }
        });
    return words;
  }

  private static String word(Port.Weight weight) {
    int dot = weight.path().indexOf('.');
    return weight.rows().isEmpty() || dot < 0
        ? weight.name()
        : weight.path().substring(0, dot) + ".*" + weight.rows().get();
  }

  /** Whether the weights are all that begin as the word does. */
  private boolean isWhole(String word, List<Port.Weight> weights) {
    int star = word.indexOf('*');
    return star >= 0
        && ports.attributes().keySet().stream()
            .filter(path -> path.startsWith(word.substring(0, star)))
            .toList()
            .equals(weights.stream().map(Port.Weight::path).toList());
  }

  private Map<String, Value> activations() {
    var all = new LinkedHashMap<String, Value>();
    shape.stages().forEach(s -> s.gives().forEach(all::putIfAbsent));
    return all;
  }

  private static String activation(String name, Value value) {
    var integer = value.type().dtype().isFloat() ? "" : ", integer=True";
    return "Activation("
        + Literal.string(name)
        + ", "
        + Literal.shape(value.type())
        + integer
        + ")";
  }

  private static void shared(PythonWriter out, String name, List<Integer> members) {
    out.line("(" + Literal.string(name) + ", " + Literal.tuple(members) + "),");
  }

  private static void row(PythonWriter out, List<Action> row) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var action : row) {
      if (line.length() + action.toString().length() + 3 > out.room()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(action).append(' ');
    }
    lines.add(line.toString().strip());
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      out.line(Literal.string(lines.get(i)) + (last ? "," : ""));
    }
  }
}
