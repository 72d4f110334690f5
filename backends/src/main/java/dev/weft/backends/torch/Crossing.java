package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a function keeps for a later one, which unpacks it in the same order.
 *
 * @param loops those whose slices a later loop takes one by one, and which of their results
 */
record Crossing(Set<Value> values, Map<Node, Set<Integer>> loops) {
  static final Crossing NOTHING = new Crossing(Set.of(), Map.of());

  /**
   * What later nodes read of what there is before them.
   *
   * @param isPassed whether there is a value before, so that it must be kept
   */
  static Crossing of(List<Node> later, Predicate<Value> isPassed) {
    var crossing = new Crossing(new LinkedHashSet<>(), new LinkedHashMap<>());
    for (var node : later.stream().filter(Reads::isStatement).toList()) {
      for (int i = 0; i < node.operands().size(); i++) {
        var value = Aliases.canonical(node.operand(i));
        if (isPassed.test(value)) {
          crossing.add(value, new Reads.Read(node, i));
        }
      }
    }
    return crossing;
  }

  private void add(Value value, Reads.Read read) {
    if (value instanceof Result(var source, var index)
        && Region.isStacked((Result) value)
        && read.isSliceWise()) {
      loops.computeIfAbsent(source, _ -> new TreeSet<>()).add(index);
    } else {
      values.add(value);
    }
  }

  /**
   * The expressions that a function returns.
   *
   * @param names receives what the values are called there
   */
  List<String> packed(Routine routine, Map<Value, String> names) {
    var packed = new ArrayList<String>();
    for (var value : values) {
      var expression = routine.read(value);
      names.put(value, expression.isName() ? expression.text() : value.name());
      packed.add(expression.text());
    }
    loops.keySet().forEach(loop -> packed.add(routine.scope().saved(loop)));
    return packed;
  }

  /**
   * Writes the first line of the later function.
   *
   * @param names what the values were called before
   * @param list the parameter that holds them
   */
  void unpack(Routine routine, Map<Value, String> names, String list) {
    var unpacked = new ArrayList<String>();
    for (var value : values) {
      unpacked.add(routine.scope().declare(value, names.getOrDefault(value, value.name())));
    }
    for (var loop : loops.keySet()) {
      var label = Names.valid(((Repeat) loop.op()).label());
      var name = routine.scope().names().take(label + "_saved");
      routine.scope().bindSaved(loop, name);
      unpacked.add(name);
    }
    if (!unpacked.isEmpty()) {
      Wrapping.write(routine.out(), "", unpacked, (unpacked.size() == 1 ? "," : "") + " = " + list);
    }
  }

  /**
   * Writes what frees the slices of loops that this has and a later crossing has not: their places
   * are empty from here on.
   */
  void drop(Routine routine, Crossing later) {
    later.loops.forEach(
        (loop, needed) -> {
          var held = loops.getOrDefault(loop, Set.of());
          if (!needed.containsAll(held)) {
            drop(routine, loop, needed);
          }
        });
  }

  private static void drop(Routine routine, Node loop, Set<Integer> needed) {
    var list = routine.scope().saved(loop);
    var names = routine.program().loop(loop, routine).savedNames();
    var from = new ArrayList<String>();
    var to = new ArrayList<String>();
    for (int result : routine.region().saved(loop)) {
      var name = names.getOrDefault(result, "x" + from.size());
      from.add(needed.contains(result) ? name : "_");
      to.add(needed.contains(result) ? name : "None");
    }
    var made = list + " = [(" + String.join(", ", to) + ")";
    var loopOver = "for " + String.join(", ", from) + " in " + list + "]";
    if (made.length() + 1 + loopOver.length() <= routine.out().room()) {
      routine.out().line(made + " " + loopOver);
    } else {
      routine.out().line(made);
      routine.out().indented(() -> routine.out().line(loopOver));
    }
  }
}
