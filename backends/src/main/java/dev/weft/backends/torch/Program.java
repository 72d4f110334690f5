package dev.weft.backends.torch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A Python module under construction: its functions, and what they call. */
final class Program {
  private final Vocabulary vocabulary;
  private final NodePrinter printer;
  private final ElementwisePrinter elementwise;
  private final Set<String> reserved;
  private final Suffixes suffixes;
  private final Map<Node, String> functionNames = new HashMap<>();
  private final Map<Node, String> aheadNames = new HashMap<>();
  private final Map<String, Length> lengths = new HashMap<>();
  private final Map<Node, LoopFunction> loops = new HashMap<>();
  private final List<String> functions = new ArrayList<>();

  /** Names of the functions of loops, by their text without the name. */
  private final Map<String, String> named = new HashMap<>();

  /** Labels of loops of several lengths, which may share their functions. */
  private final Set<String> uncounted = new HashSet<>();

  /** Whether the functions of bodies say how often they run. */
  enum Counting {
    COUNTED,
    OPEN
  }

  /** What is added to a loop's label to name the function of its body. */
  record Suffixes(String forward, String reverse, Counting counting) {
    /** The backward loops stand beside the forward ones. */
    static final Suffixes EXPLICIT = new Suffixes("_fwd", "_bwd", Counting.COUNTED);

    /** As {@link #EXPLICIT}, for functions that stages of several lengths share. */
    static final Suffixes STAGED = new Suffixes("_fwd", "_bwd", Counting.OPEN);

    static final Suffixes SERIAL = new Suffixes("", "_reversed", Counting.COUNTED);

    /** What one run of a loop's body is called. */
    String iteration(Repeat loop, Counting counting) {
      var one =
          switch (counting) {
            case COUNTED -> "One of the " + loop.axis().size() + " iterations of `";
            case OPEN -> "One iteration of `";
          };
      return one + loop.label() + "`";
    }

    String name(Repeat loop) {
      return Names.valid(loop.label())
          + (loop.direction() == Direction.FORWARD ? forward : reverse);
    }

    /** Of the function that begins to bring what an iteration needs. */
    String aheadName(Repeat loop) {
      return name(loop) + "_ahead";
    }
  }

  /**
   * An empty module.
   *
   * @param nodes whose loops, also nested ones, will be functions
   * @param fixed names with a fixed meaning in the module
   */
  Program(
      Vocabulary vocabulary,
      NodePrinter printer,
      List<Node> nodes,
      Set<String> fixed,
      Suffixes suffixes) {
    this.vocabulary = vocabulary;
    this.printer = printer;
    this.suffixes = suffixes;
    this.elementwise = new ElementwisePrinter(vocabulary);
    var names = new Names(fixed);
    this.reserved = new HashSet<>(fixed);
    new Block(List.of(), nodes, List.of())
        .allNodes()
        .filter(node -> node.op() instanceof Repeat)
        .forEach(loop -> name(loop, (Repeat) loop.op(), names));
    reserved.addAll(functionNames.values());
    reserved.addAll(aheadNames.values());
    var lengths = new HashMap<String, Long>();
    functionNames.keySet().stream()
        .map(loop -> (Repeat) loop.op())
        .filter(loop -> lengths.merge(loop.label(), loop.axis().size(), Program::same) < 0)
        .forEach(loop -> uncounted.add(loop.label()));
  }

  private void name(Node loop, Repeat repeat, Names names) {
    functionNames.put(loop, names.take(suffixes.name(repeat)));
    if (repeat.ahead() > 0) {
      aheadNames.put(loop, names.take(suffixes.aheadName(repeat)));
    }
  }

  /** The length of both; -1 where they differ. */
  private static long same(long one, long other) {
    return one == other ? one : -1;
  }

  NodePrinter printer() {
    return printer;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Expression fill(double value, TensorType type) {
    return elementwise.fill(new Fill(value, type));
  }

  /** The name of the function of a loop's body. */
  String functionName(Node loop) {
    return Optional.ofNullable(functionNames.get(loop))
        .orElseThrow(() -> new IllegalStateException("a loop from elsewhere: " + loop));
  }

  /** The name of the function that begins to bring what an iteration of a loop needs. */
  String aheadName(Node loop) {
    return Optional.ofNullable(aheadNames.get(loop))
        .orElseThrow(() -> new IllegalStateException("nothing runs ahead in " + loop));
  }

  /** The text of all functions, in the order of their definition. */
  List<String> functions() {
    return functions;
  }

  void add(String function) {
    functions.add(function);
  }

  /** Adds a function, unless there is one of the same text; returns what it is called. */
  String define(String name, String function) {
    var anonymous = function.replaceFirst("def " + name + "\\(", "def (");
    var known = named.putIfAbsent(anonymous, name);
    if (known == null) {
      functions.add(function);
    }
    return known == null ? name : known;
  }

  /** What one run of a loop's body is called. */
  String iteration(Repeat loop) {
    boolean counts = !uncounted.contains(loop.label());
    return suffixes.iteration(loop, counts ? suffixes.counting() : Counting.OPEN);
  }

  /** A number of iterations, and an expression for it. */
  private record Length(long count, String expression) {}

  /**
   * From now on a loop with some label runs as often as an expression says, if that is so often.
   */
  void count(String label, long count, String expression) {
    lengths.putIfAbsent(label, new Length(count, expression));
  }

  /** How often a loop runs. */
  String length(Repeat loop) {
    long size = loop.axis().size();
    return Optional.ofNullable(lengths.get(loop.label()))
        .filter(length -> length.count() == size)
        .map(Length::expression)
        .orElseGet(() -> Long.toString(size));
  }

  Scope scope(int depth) {
    return new Scope(reserved, depth);
  }

  /** The function of a loop's body, defined once. */
  LoopFunction loop(Node loop, Routine caller) {
    var known = loops.get(loop);
    if (known == null) {
      known = LoopBody.define(loop, caller);
      loops.put(loop, known);
    }
    return known;
  }

  /**
   * Writes the statements of a function, again with fewer expressions in one line where a line
   * became too long.
   *
   * @param open binds the parameters
   * @param close writes what comes after the last statement
   */
  Routine write(
      Region region,
      List<Node> nodes,
      Destinations destinations,
      int depth,
      Consumer<Routine> open,
      Consumer<Routine> close) {
    var alone = new HashSet<Node>();
    while (true) {
      var routine = new Routine(this, region, nodes, destinations, scope(depth), alone);
      open.accept(routine);
      routine.run();
      close.accept(routine);
      Optional<Node> culprit = routine.tooLong();
      if (culprit.isEmpty() || !alone.add(culprit.get())) {
        return routine;
      }
    }
  }
}
