package dev.weft.passes.cost;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Straight-line code as it is followed: values are numbered, inputs first, and every node knows
 * what dies at it. Identity.
 */
final class Code {
  private final int params;
  private final List<Line> lines;
  private final int[] unusedParams;
  private final int[] yields;
  private final List<Extent> extents;
  private final List<Term> terms;

  private Code(
      int params,
      List<Line> lines,
      int[] unusedParams,
      int[] yields,
      List<Extent> extents,
      List<Term> terms) {
    this.params = params;
    this.lines = lines;
    this.unusedParams = unusedParams;
    this.yields = yields;
    this.extents = extents;
    this.terms = terms;
  }

  /**
   * One node.
   *
   * @param dying operands that nothing uses later, each once
   * @param unused results that nothing uses
   * @param carried terms of carried values while a loop runs
   * @param early what of a loop's body runs ahead
   * @param inner the rest of the body of a loop, or a callee
   */
  record Line(
      Placing placing,
      Node node,
      int[] operands,
      int[] results,
      int[] dying,
      int[] unused,
      List<Term> carried,
      Optional<Code> early,
      Optional<Code> inner) {}

  static Code of(Block block, Roles roles, Callees callees) {
    return of(Stretch.of(block), roles, callees);
  }

  private static Code of(Stretch stretch, Roles roles, Callees callees) {
    return new Reader(stretch, roles, callees).read();
  }

  int params() {
    return params;
  }

  List<Line> lines() {
    return lines;
  }

  int[] unusedParams() {
    return unusedParams;
  }

  int[] yields() {
    return yields;
  }

  /** The number of values. */
  int values() {
    return extents.size();
  }

  /** The size of a value. */
  Extent extent(int value) {
    return extents.get(value);
  }

  Term term(int value) {
    return terms.get(value);
  }

  /** Numbers the values of a stretch. */
  private static final class Reader {
    private final Stretch stretch;
    private final Roles roles;
    private final Callees callees;
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final List<Extent> extents = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    private final Map<Value, Node> lastUse = new HashMap<>();
    private final Set<Value> yielded;

    Reader(Stretch stretch, Roles roles, Callees callees) {
      this.stretch = stretch;
      this.roles = roles;
      this.callees = callees;
      this.yielded = new HashSet<>(stretch.outputs());
      stretch.inputs().forEach(this::number);
      for (var node : stretch.nodes()) {
        node.results().forEach(this::number);
        node.operands().forEach(v -> lastUse.put(v, node));
      }
    }

    Code read() {
      var lines = stretch.nodes().stream().map(this::line).toList();
      int params = stretch.inputs().size();
      var unused = stretch.inputs().stream().filter(this::isUnused).toList();
      return new Code(params, lines, numbers(unused), numbers(stretch.outputs()), extents, terms);
    }

    private void number(Value value) {
      numbers.put(value, extents.size());
      extents.add(callees.extent(value));
      terms.add(roles.of(value));
    }

    private Line line(Node node) {
      var dying =
          node.operands().stream()
              .distinct()
              .filter(v -> node.equals(lastUse.get(v)) && !yielded.contains(v))
              .toList();
      var unused = node.results().stream().filter(this::isUnused).toList();
      return new Line(
          Placing.of(node),
          node,
          numbers(node.operands()),
          numbers(node.results()),
          numbers(dying),
          numbers(unused),
          carried(node),
          early(node),
          inner(node));
    }

    private List<Term> carried(Node node) {
      var carried = new ArrayList<Term>();
      if (node.op() instanceof Repeat repeat) {
        for (int i = 0; i < repeat.carried(); i++) {
          carried.add(roles.carried(node, i));
        }
      }
      return List.copyOf(carried);
    }

    private Optional<Code> early(Node node) {
      return node.op() instanceof Repeat repeat && repeat.ahead() > 0
          ? Optional.of(part(node, repeat, repeat.early(node.bodies().getFirst())))
          : Optional.empty();
    }

    private Code part(Node node, Repeat repeat, Stretch part) {
      return Code.of(part, roles.ofBody(node, repeat), callees);
    }

    private Optional<Code> inner(Node node) {
      if (node.op() instanceof Repeat repeat) {
        return Optional.of(part(node, repeat, repeat.rest(node.bodies().getFirst())));
      }
      return node.op() instanceof Call call
          ? Optional.of(callees.code(call.callee()))
          : Optional.empty();
    }

    private boolean isUnused(Value value) {
      return !lastUse.containsKey(value) && !yielded.contains(value);
    }

    private int[] numbers(Collection<? extends Value> values) {
      return values.stream().mapToInt(v -> Objects.requireNonNull(numbers.get(v))).toArray();
    }
  }
}
