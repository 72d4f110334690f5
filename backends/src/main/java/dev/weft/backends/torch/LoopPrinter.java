package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A loop as a Python {@code for} over calls of its body's function. */
final class LoopPrinter {
  private final Routine routine;
  private final Node loop;
  private final Repeat repeat;
  private final LoopFunction function;
  private final List<String> carried = new ArrayList<>();

  LoopPrinter(Routine routine, Node loop) {
    this.routine = routine;
    this.loop = loop;
    this.repeat = (Repeat) loop.op();
    this.function = routine.program().loop(loop, routine);
  }

  void print() {
    var arguments = arguments(function);
    var early = function.ahead().map(this::arguments).orElse(List.of());
    startCarried();
    var list = startSaved();
    var steps = "range(" + range() + ")";
    boolean reverse = repeat.direction() == Direction.REVERSE;
    var order = reverse ? "reversed(" + steps + ")" : steps;
    Wrapping.line(routine.out(), "for " + iterations(order, early) + ":", "");
    routine.out().indented(() -> iteration(arguments, list));
    if (!list.isEmpty() && reverse) {
      routine.out().line(list + ".reverse()");
    }
    finish(list);
  }

  private String range() {
    long from = LoopRows.from(loop);
    return from == 0
        ? routine.program().length(repeat)
        : from + ", " + (from + repeat.axis().size());
  }

  /** The index, and with it what has been brought for the iteration. */
  private String iterations(String order, List<String> arguments) {
    var index = routine.scope().index();
    if (function.ahead().isEmpty()) {
      return index + " in " + order;
    }
    var begin = function.ahead().get();
    var all = begin.common();
    begin.sources().forEach(source -> all.add(slices(source, !isTaken(source))));
    all.addAll(arguments);
    var call = begin.name() + "(" + String.join(", ", all) + ")";
    var ahead = routine.program().vocabulary().function("ahead");
    return "%s, %s in %s(lambda %s: %s, %s)"
        .formatted(index, LoopFunction.ARRIVED, ahead, index, call, order);
  }

  /** Whether the body itself takes what another loop saved. */
  private boolean isTaken(Node source) {
    return function.sources().contains(source);
  }

  /** What a call takes beside weights, saved slices and carried values. */
  private List<String> arguments(LoopFunction called) {
    var arguments = new ArrayList<String>();
    for (int index : called.arguments()) {
      var expression = routine.read(LoopRows.taken(loop, index));
      boolean isStacked = index >= repeat.carried() + repeat.invariant();
      var row = LoopRows.index(loop, index, routine.scope().index());
      arguments.add(isStacked ? expression.index(row).text() : expression.text());
    }
    return arguments;
  }

  /** Gives each carried value a variable; that of its first value where nobody else needs it. */
  private void startCarried() {
    var initial = new ArrayList<Expression>();
    for (int k = 0; k < repeat.carried(); k++) {
      initial.add(routine.read(loop.operand(k)));
    }
    for (int k = 0; k < repeat.carried(); k++) {
      var operand = loop.operand(k);
      boolean reusable =
          initial.get(k).isName()
              && routine.diesAt(loop, operand)
              && loop.operands().stream().filter(operand::equals).count() == 1;
      if (reusable) {
        carried.add(initial.get(k).text());
        continue;
      }
      var name = routine.scope().names().take(loop.names().get(k));
      routine.out().line(name + " = " + initial.get(k), Literal.describe(operand.type()));
      carried.add(name);
    }
  }

  private String startSaved() {
    if (function.kept().isEmpty()) {
      return "";
    }
    var purpose = repeat.direction() == Direction.FORWARD ? "_saved" : "_stacked";
    var list = routine.scope().names().take(Names.valid(repeat.label()) + purpose);
    routine.scope().bindSaved(loop, list);
    routine.out().line(list + " = []");
    return list;
  }

  private void iteration(List<String> arguments, String list) {
    var all = function.common();
    if (function.ahead().isPresent()) {
      all.add(LoopFunction.ARRIVED);
    }
    function.sources().forEach(source -> all.add(slices(source, true)));
    all.addAll(carried);
    all.addAll(arguments);
    var call = function.name() + "(" + String.join(", ", all) + ")";
    if (list.isEmpty()) {
      var targets = carried.isEmpty() ? "" : String.join(", ", carried) + " = ";
      Wrapping.line(routine.out(), targets + call, "");
    } else if (carried.isEmpty()) {
      Wrapping.line(routine.out(), list + ".append(" + call + ")", "");
    } else {
      Wrapping.line(routine.out(), String.join(", ", carried) + ", kept = " + call, "");
      routine.out().line(list + ".append(kept)");
    }
  }

  /**
   * What another loop saved of this iteration.
   *
   * @param isLast whether nobody takes it afterwards
   */
  private String slices(Node source, boolean isLast) {
    var list = routine.scope().saved(source);
    return isLast && routine.region().isUnwound(source, loop)
        ? list + ".pop()"
        : list + "[" + LoopRows.index(loop, operandOf(source), routine.scope().index()) + "]";
  }

  /** An operand of the loop that is made by another one. */
  private int operandOf(Node source) {
    return IntStream.range(0, loop.operands().size())
        .filter(i -> source.results().contains(Aliases.canonical(loop.operand(i))))
        .findFirst()
        .orElseThrow();
  }

  /** Names the results; stacked ones that are read as a whole become tensors. */
  private void finish(String list) {
    routine.releaseOperands(loop);
    for (int k = 0; k < repeat.carried(); k++) {
      routine.scope().bind(loop.result(k), Expression.atom(carried.get(k)));
      routine.scope().names().retake(carried.get(k));
      if (!routine.destinations().sinks(loop.result(k)).isEmpty()) {
        routine.sink(loop.result(k), Expression.atom(carried.get(k)));
      }
    }
    for (int k = repeat.carried(); k < loop.types().size(); k++) {
      if (routine.region().isReadWhole((Result) loop.result(k))) {
        stack(loop.result(k), list, routine.region().slot(loop, k));
      }
    }
    loop.results().subList(repeat.carried(), loop.types().size()).forEach(routine::markSunk);
  }

  private void stack(Value result, String list, int at) {
    var slices = function.kept().size() == 1 ? list : "[kept[" + at + "] for kept in " + list + "]";
    var name = routine.scope().declare(result, result.name());
    routine.out().line(name + " = torch.stack(" + slices + ")", Literal.describe(result.type()));
  }
}
