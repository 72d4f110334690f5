package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ToDevice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When weights come to the device to stay, and when they leave, as Python tables: read from the
 * nodes that fetch them in a step with a cache.
 *
 * @param paths all weights of the model
 */
record CacheTables(Module cached, Set<String> paths) {
  /** {@code RESIDENT}, or with a pipeline {@code TURNS}. */
  void write(PythonWriter out) {
    if (cached.pipeline().isEmpty()) {
      out.line("# weights that are on the device for the whole step; the rest comes for each use");
      Wrapping.write(out, "RESIDENT = (", resident(), ",)");
      return;
    }
    out.line(
        "# before an action of a place's row: weights that come to stay (+), and that leave (-)");
    out.line("TURNS = (");
    int places = cached.mesh().size(cached.pipeline().get());
    out.indented(
        () -> {
          for (int place = 0; place < places; place++) {
            var program = cached.function(Module.programName(place));
            out.line("{");
            out.indented(() -> turns(program).forEach((at, words) -> line(out, at, words)));
            out.line("},");
          }
        });
    out.line(")");
  }

  private static void line(PythonWriter out, int at, List<String> words) {
    Wrapping.write(out, at + ": (", words.stream().map(Literal::string).toList(), ",),");
  }

  private List<String> resident() {
    var step = cached.only();
    var kept = new ArrayList<Port.Weight>();
    for (var node : fetches(step)) {
      var users = users(step, node);
      if (users.size() > 1 || users.stream().anyMatch(n -> n.op() instanceof Repeat)) {
        kept.add(weight(step, node));
      }
    }
    return words(kept).stream().map(Literal::string).toList();
  }

  /** By position in the row: a fetch stands before its first use, its end after the last one. */
  private Map<Integer, List<String>> turns(Function program) {
    var calls = program.body().nodes().stream().filter(n -> n.op() instanceof Call).toList();
    var come = new TreeMap<Integer, List<Port.Weight>>();
    var leave = new TreeMap<Integer, List<Port.Weight>>();
    for (var node : fetches(program)) {
      var users = users(program, node);
      var weight = weight(program, node);
      int first = calls.indexOf(users.getFirst());
      int last = calls.indexOf(users.getLast());
      come.computeIfAbsent(first, _ -> new ArrayList<>()).add(weight);
      if (last + 1 < calls.size()) {
        leave.computeIfAbsent(last + 1, _ -> new ArrayList<>()).add(weight);
      }
    }
    var turns = new TreeMap<Integer, List<String>>();
    leave.forEach((at, weights) -> add(turns, at, "-", weights));
    come.forEach((at, weights) -> add(turns, at, "+", weights));
    return turns;
  }

  private void add(
      Map<Integer, List<String>> turns, int at, String sign, Collection<Port.Weight> weights) {
    for (var word : words(weights)) {
      turns.computeIfAbsent(at, _ -> new ArrayList<>()).add(sign + word);
    }
  }

  /** The nodes that bring weights, whole or rows of them. */
  private static List<Node> fetches(Function function) {
    return function.body().nodes().stream()
        .filter(n -> n.op() instanceof ToDevice && n.operand(0) instanceof Param)
        .toList();
  }

  private static List<Node> users(Function function, Node fetch) {
    return function.body().nodes().stream()
        .filter(n -> n.operands().contains(fetch.result()))
        .toList();
  }

  private static Port.Weight weight(Function function, Node fetch) {
    int index = function.body().params().indexOf(fetch.operand(0));
    return (Port.Weight) function.inputs().get(index);
  }

  /** Names of weights; all below one path with the same rows in one word. */
  private List<String> words(Collection<Port.Weight> weights) {
    var groups = new LinkedHashMap<String, Set<String>>();
    for (var weight : weights) {
      groups.computeIfAbsent(stem(weight), _ -> new LinkedHashSet<>()).add(weight.path());
    }
    var words = new LinkedHashSet<String>();
    for (var weight : weights) {
      var stem = stem(weight);
      boolean all = groups.getOrDefault(stem, Set.of()).containsAll(below(weight));
      words.add(all && !below(weight).isEmpty() ? stem : weight.name());
    }
    return List.copyOf(words);
  }

  private static String stem(Port.Weight weight) {
    var rows = weight.rows().map(Port.Rows::toString).orElse("");
    return weight.path().replaceFirst("\\..*", "") + ".*" + rows;
  }

  /** The weights of the same repeat. */
  private List<String> below(Port.Weight weight) {
    int dot = weight.path().indexOf('.');
    var start = weight.path().substring(0, dot + 1);
    return dot < 0 ? List.of() : paths.stream().filter(p -> p.startsWith(start)).toList();
  }
}
