package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the body of a loop as a Python function, but for what runs ahead. */
final class LoopBody {
  private final Node loop;
  private final Repeat repeat;
  private final Routine caller;
  private final Region inner;
  private final Destinations destinations = new Destinations();
  private final LoopParameters parameters;
  private final List<Integer> kept;
  private final List<Value> arriving;
  private final Map<Integer, String> savedNames = new HashMap<>();

  private LoopBody(Node loop, Routine caller) {
    this.loop = loop;
    this.repeat = (Repeat) loop.op();
    this.caller = caller;
    var rest = repeat.rest(loop.bodies().getFirst());
    this.inner = Region.of(StepShape.ancestors(rest.nodes(), rest.outputs()), rest.outputs());
    this.parameters = new LoopParameters(loop, caller);
    this.kept = caller.region().saved(loop);
    this.arriving = arriving(rest.inputs());
  }

  static LoopFunction define(Node loop, Routine caller) {
    return new LoopBody(loop, caller).define();
  }

  /** The values that have run ahead and are used, each once. */
  private List<Value> arriving(List<Value> inputs) {
    int params = loop.bodies().getFirst().params().size();
    return inputs.subList(params, inputs.size()).stream()
        .map(Aliases::canonical)
        .filter(v -> v instanceof Result && Uniform.of(v).isEmpty() && inner.isUsed(v))
        .distinct()
        .toList();
  }

  private LoopFunction define() {
    route();
    var ahead =
        arriving.isEmpty()
            ? Optional.<LoopFunction>empty()
            : Optional.of(LoopAhead.define(loop, arriving, caller));
    int depth = caller.scope().depth() + 1;
    var routine =
        caller.program().write(inner, inner.nodes(), destinations, depth, this::open, this::close);
    var function =
        LoopFunction.of(caller.program().functionName(loop), routine, parameters)
            .keeping(kept, savedNames)
            .taking(ahead);
    var text = function.text(parameters.inOrder(), docstring(function.usesGradients()), routine);
    return function.called(caller.program().define(function.name(), text));
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
          destinations.sink(
              yields.get(k), gradient.row(caller.scope().index(), LoopRows.from(loop)));
        }
      }
    }
  }

  private void open(Routine routine) {
    parameters.open(routine, inner, 0);
    var names = arriving.stream().map(v -> routine.scope().declare(v, v.name())).toList();
    if (!names.isEmpty()) {
      var comma = names.size() == 1 ? "," : "";
      Wrapping.write(routine.out(), "", names, comma + " = " + LoopFunction.ARRIVED);
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

  private String docstring(boolean addsGradients) {
    var what = caller.program().iteration(repeat);
    if (addsGradients) {
      return what + ", backward: adds to `g`, returns cotangents";
    }
    if (repeat.direction() == Direction.REVERSE) {
      return what + ", last to first";
    }
    return kept.isEmpty() ? what : what + ", forward: returns also what the backward reads";
  }
}
