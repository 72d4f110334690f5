package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function of a loop's body takes: carried values, slices that other loops saved, and those
 * of the other operands that have no name in the whole module.
 */
final class LoopParameters {
  private final Node loop;
  private final Repeat repeat;
  private final Routine caller;
  private final List<Integer> arguments = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<Node, List<String>> unpacked = new LinkedHashMap<>();

  LoopParameters(Node loop, Routine caller) {
    this.loop = loop;
    this.repeat = (Repeat) loop.op();
    this.caller = caller;
  }

  /** The operands that it takes beside the carried ones, by position. */
  List<Integer> arguments() {
    return List.copyOf(arguments);
  }

  /** The loops whose saved slices it takes. */
  List<Node> sources() {
    return List.copyOf(unpacked.keySet());
  }

  /** What the parameters are called: slices, carried values, other operands. */
  List<String> inOrder() {
    var all = new ArrayList<String>();
    var lists = sources();
    unpacked.forEach(
        (source, slices) ->
            all.add(slices.size() == 1 ? slices.getFirst() : savedName(source, lists)));
    all.addAll(names);
    return all;
  }

  /**
   * Binds the parameters at the beginning of a routine; what its code does not use is none.
   *
   * @param code what the routine writes
   * @param first the first operand in question: those before it are no business of the function
   */
  void open(Routine routine, Region code, int first) {
    arguments.clear();
    names.clear();
    unpacked.clear();
    var params = loop.bodies().getFirst().params();
    for (int i = first; i < params.size(); i++) {
      if (i < repeat.carried() || code.isUsed(params.get(i))) {
        bind(routine, i, params.get(i));
      }
    }
    var lists = sources();
    unpacked.forEach(
        (source, slices) -> {
          if (slices.size() > 1) {
            Wrapping.write(routine.out(), "", slices, " = " + savedName(source, lists));
          }
        });
  }

  private void bind(Routine routine, int index, Value param) {
    var operand = Aliases.canonical(LoopRows.taken(loop, index));
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
        var row = LoopRows.index(loop, index, caller.scope().index());
        routine.scope().bind(param, isStacked ? outer.index(row) : outer);
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
    names.add(routine.scope().declare(param, param.name()));
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
    var slices =
        unpacked.computeIfAbsent(
            result.node(), n -> new ArrayList<>(saved.stream().map(k -> "_").toList()));
    int at = caller.region().slot(result.node(), result.index());
    if (slices.get(at).equals("_")) {
      var saver = caller.program().loop(result.node(), caller);
      var hint = saver.savedNames().getOrDefault(saved.get(at), param.name());
      slices.set(at, routine.scope().declare(param, hint));
    } else {
      routine.scope().bind(param, Expression.atom(slices.get(at)));
    }
  }

  private static String savedName(Node source, List<Node> sources) {
    return sources.size() == 1 ? "saved" : "saved" + (sources.indexOf(source) + 1);
  }
}
