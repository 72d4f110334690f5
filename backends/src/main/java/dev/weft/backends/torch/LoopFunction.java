package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The body of a loop as a Python function, and how it is called.
 *
 * @param name the function
 * @param usesWeights whether it takes {@code p}
 * @param usesGradients whether it takes {@code g}
 * @param indices the loop indices that it takes
 * @param sources the loops whose saved slices it takes, in order
 * @param arguments the operands that it takes beside the carried ones, by position
 * @param kept the stacked results that it returns, in order
 * @param savedNames what these are called in the function
 */
record LoopFunction(
    String name,
    boolean usesWeights,
    boolean usesGradients,
    List<String> indices,
    List<Node> sources,
    List<Integer> arguments,
    List<Integer> kept,
    Map<Integer, String> savedNames) {

  static LoopFunction define(Node loop, Routine caller) {
    return new Definition(loop, caller).define();
  }

  /** Writes one body function. */
  private static final class Definition {
    private final Node loop;
    private final Repeat repeat;
    private final Routine caller;
    private final Region inner;
    private final Destinations destinations = new Destinations();
    private final List<Integer> kept;
    private final List<Integer> arguments = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final Map<Node, List<String>> unpacked = new LinkedHashMap<>();
    private final Map<Integer, String> savedNames = new HashMap<>();

    Definition(Node loop, Routine caller) {
      this.loop = loop;
      this.repeat = (Repeat) loop.op();
      this.caller = caller;
      this.inner = Region.of(loop.bodies().getFirst());
      this.kept = caller.region().saved(loop);
    }

    LoopFunction define() {
      route();
      int depth = caller.scope().depth() + 1;
      var routine =
          caller
              .program()
              .write(inner, inner.nodes(), destinations, depth, this::open, this::close);
      var body = routine.out().text();
      var name = caller.program().functionName(loop);
      var usedIndices = routine.scope().indices().stream().filter(i -> mentions(body, i)).toList();
      var function =
          new LoopFunction(
              name,
              mentions(body, "p"),
              mentions(body, "g"),
              usedIndices,
              List.copyOf(unpacked.keySet()),
              List.copyOf(arguments),
              kept,
              Map.copyOf(savedNames));
      caller.program().add(text(function, body));
      return function;
    }

    /** What becomes of the yielded values: carried on, saved, or added to a gradient. */
    private void route() {
      var yields = inner.yields();
      for (int k = 0; k < yields.size(); k++) {
        if (k < repeat.carried() || kept.contains(k)) {
          destinations.keep(yields.get(k));
        }
        if (k >= repeat.carried()) {
          for (var gradient : caller.destinations().sinks(loop.result(k))) {
            destinations.sink(yields.get(k), gradient + "[" + caller.scope().index() + "]");
          }
        }
      }
    }

    private void open(Routine routine) {
      arguments.clear();
      parameters.clear();
      unpacked.clear();
      var params = loop.bodies().getFirst().params();
      for (int i = 0; i < params.size(); i++) {
        bind(routine, i, params.get(i));
      }
      var lists = List.copyOf(unpacked.keySet());
      unpacked.forEach(
          (source, names) -> {
            if (names.size() > 1) {
              Wrapping.write(routine.out(), "", names, " = " + savedName(source, lists));
            }
          });
    }

    private void bind(Routine routine, int index, Value param) {
      var operand = Aliases.canonical(loop.operand(index));
      boolean isStacked = index >= repeat.carried() + repeat.invariant();
      if (isStacked
          && operand instanceof Result result
          && Region.isStacked(result)
          && caller.scope().hasSaved(result.node())) {
        unpack(routine, result, param);
        return;
      }
      if (index >= repeat.carried()) {
        var outer = caller.read(operand);
        if (outer.text().startsWith("p.")) {
          routine.scope().bind(param, isStacked ? outer.index(caller.scope().index()) : outer);
          return;
        }
        var same = sameArgument(index, isStacked);
        if (same.isPresent()) {
          routine
              .scope()
              .find(loop.bodies().getFirst().params().get(same.get()))
              .ifPresent(known -> routine.scope().bind(param, known));
          return;
        }
        arguments.add(index);
      }
      parameters.add(routine.scope().declare(param, param.name()));
    }

    /** An earlier argument that is the same tensor, taken in the same way. */
    private Optional<Integer> sameArgument(int index, boolean isStacked) {
      var operand = Aliases.canonical(loop.operand(index));
      int firstStacked = repeat.carried() + repeat.invariant();
      return arguments.stream()
          .filter(earlier -> earlier >= firstStacked == isStacked)
          .filter(earlier -> Aliases.canonical(loop.operand(earlier)).equals(operand))
          .findFirst();
    }

    private void unpack(Routine routine, Result result, Value param) {
      var saved = caller.region().saved(result.node());
      var names =
          unpacked.computeIfAbsent(
              result.node(), n -> new ArrayList<>(saved.stream().map(k -> "_").toList()));
      int at = caller.region().slot(result.node(), result.index());
      if (names.get(at).equals("_")) {
        var saver = caller.program().loop(result.node(), caller);
        var hint = saver.savedNames().getOrDefault(saved.get(at), param.name());
        names.set(at, routine.scope().declare(param, hint));
      } else {
        routine.scope().bind(param, Expression.atom(names.get(at)));
      }
    }

    private void close(Routine routine) {
      var yields = inner.yields();
      var results = new ArrayList<String>();
      for (int k = 0; k < repeat.carried(); k++) {
        results.add(routine.read(yields.get(k)).text());
      }
      if (kept.isEmpty()) {
        if (!results.isEmpty()) {
          routine.out().line("return " + String.join(", ", results));
        }
        return;
      }
      var slices = kept.stream().map(k -> routine.read(yields.get(k)).text()).toList();
      for (int at = 0; at < kept.size(); at++) {
        if (Expression.atom(slices.get(at)).isName()) {
          savedNames.put(kept.get(at), slices.get(at));
        }
      }
      var prefix = "return " + results.stream().map(r -> r + ", ").collect(Collectors.joining());
      if (slices.size() == 1) {
        routine.out().line(prefix + slices.getFirst());
      } else if (results.isEmpty()) {
        Wrapping.write(routine.out(), "return ", slices, "");
      } else {
        Wrapping.write(routine.out(), prefix + "(", slices, ")");
      }
    }

    private String text(LoopFunction function, String body) {
      var all = new ArrayList<String>();
      if (function.usesWeights()) {
        all.add("p");
      }
      if (function.usesGradients()) {
        all.add("g");
      }
      all.addAll(function.indices());
      unpacked.forEach(
          (source, names) ->
              all.add(
                  names.size() == 1 ? names.getFirst() : savedName(source, function.sources())));
      all.addAll(parameters);
      var writer = new PythonWriter();
      Wrapping.line(writer, "def " + function.name() + "(" + String.join(", ", all) + "):", "");
      writer.indented(() -> writer.lines(docstring(function.usesGradients())).lines(body));
      return writer.text();
    }

    private String docstring(boolean addsGradients) {
      var what = caller.program().iteration(repeat);
      if (addsGradients) {
        what += ", backward: adds to `g`, returns cotangents";
      } else if (repeat.direction() == Direction.REVERSE) {
        what += ", last to first";
      } else if (!kept.isEmpty()) {
        what += ", forward: returns also what the backward reads";
      }
      return "\"\"\"" + what + ".\"\"\"";
    }

    private static String savedName(Node source, List<Node> sources) {
      return sources.size() == 1 ? "saved" : "saved" + (sources.indexOf(source) + 1);
    }

    private static boolean mentions(String body, String name) {
      return Pattern.compile("(?<![\\w.])" + name + "\\b").matcher(code(body)).find();
    }

    /** The body without comments and strings. */
    private static String code(String body) {
      return body.lines()
          .map(l -> l.replaceAll("#.*", "").replaceAll("\"[^\"]*\"", ""))
          .collect(Collectors.joining("\n"));
    }
  }
}
