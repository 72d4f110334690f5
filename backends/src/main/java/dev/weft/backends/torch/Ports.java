package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights, inputs and outputs of a function as rows of Python tables. */
final class Ports {
  private final Function function;
  private final Mesh mesh;

  Ports(Function function, Mesh mesh) {
    this.function = function;
    this.mesh = mesh;
  }

  /** The Python attribute of each weight, by path, in port order. */
  Map<String, String> attributes() {
    var names = new Names(java.util.Set.of("flat", "names"));
    var attributes = new LinkedHashMap<String, String>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      var path = function.inputs().get(i).name();
      attributes.put(path, names.take(path));
    }
    return attributes;
  }

  /** The names of the outputs. */
  List<String> outputs() {
    return function.outputIndices(Port.Output.class).stream()
        .map(i -> function.outputs().get(i).name())
        .toList();
  }

  /** The table {@code WEIGHTS}; each row ends with the shape of one rank's piece. */
  void weights(PythonWriter out) {
    var attributes = attributes();
    table(
        out,
        "WEIGHTS",
        function.inputIndices(Port.Weight.class),
        i -> {
          var weight = (Port.Weight) function.inputs().get(i);
          var row = new ArrayList<String>();
          row.add(Literal.string(weight.name()));
          row.add(Literal.string(attributes.getOrDefault(weight.name(), weight.name())));
          row.addAll(place(function.body().params().get(i)));
          row.add(init(weight.init()));
          return "Weight(" + String.join(", ", row) + ")";
        });
  }

  void inputs(PythonWriter out) {
    table(
        out,
        "INPUTS",
        function.inputIndices(Port.Data.class),
        i -> {
          var data = (Port.Data) function.inputs().get(i);
          var row = new ArrayList<String>();
          row.add(Literal.string(data.name()));
          row.addAll(place(function.body().params().get(i)));
          row.add(Long.toString(data.bound().orElse(0)));
          row.add(
              data.textShift().isPresent()
                  ? Integer.toString(data.textShift().getAsInt())
                  : "None");
          feed(data.feed()).ifPresent(row::add);
          return "Input(" + String.join(", ", row) + ")";
        });
  }

  /** What the bundle itself provides an input with. */
  private static Optional<String> feed(Port.Feed feed) {
    return switch (feed) {
      case Port.Feed.Synthetic _, Port.Feed.Text _ -> Optional.empty();
      case Port.Feed.Positions _ -> Optional.of(Literal.string("positions"));
      case Port.Feed.StepKey _ -> Optional.of(Literal.string("step_key"));
    };
  }

  void outputs(PythonWriter out) {
    out.line("OUTPUTS = (");
    out.indented(
        () -> {
          for (int i : function.outputIndices(Port.Output.class)) {
            var row = new ArrayList<String>();
            row.add(Literal.string(function.outputs().get(i).name()));
            row.addAll(place(function.body().yields().get(i)));
            out.line("Output(" + String.join(", ", row) + "),");
          }
        });
    out.line(")");
  }

  private interface Row {
    String of(int port);
  }

  private void table(PythonWriter out, String name, List<Integer> ports, Row row) {
    out.line(name + " = (");
    out.indented(
        () ->
            ports.forEach(
                i ->
                    out.line(
                        row.of(i) + ",",
                        Literal.describe(function.body().params().get(i).type()))));
    out.line(")");
  }

  /** The whole shape, and the mesh axes that cut each dimension. */
  private List<String> place(Value value) {
    return List.of(Literal.shape(global(value.type(), sharding(value))), cut(value));
  }

  /** The mesh axes that cut each dimension of a value. */
  static String cut(Value value) {
    return Literal.tuple(sharding(value).dims().stream().map(Literal::strings).toList());
  }

  /** The mesh axes that cut each dimension of a weight. */
  String cut(String path) {
    return function.inputIndices(Port.Weight.class).stream()
        .filter(i -> function.inputs().get(i).name().equals(path))
        .map(i -> cut(function.body().params().get(i)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no weight " + path));
  }

  private TensorType global(TensorType local, Sharding sharding) {
    return sharding.global(local, mesh);
  }

  static Sharding sharding(Value value) {
    return value.sharding().orElseGet(() -> Sharding.replicated(value.type().rank()));
  }

  static String init(Init init) {
    return switch (init) {
      case Init.Normal(var std) -> "(\"normal\", " + Literal.number(std) + ")";
      case Init.Uniform(var limit) -> "(\"uniform\", " + Literal.number(limit) + ")";
      case Init.Constant(var value) -> "(\"constant\", " + Literal.number(value) + ")";
    };
  }
}
