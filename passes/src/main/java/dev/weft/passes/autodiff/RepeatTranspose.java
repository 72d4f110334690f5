package dev.weft.passes.autodiff;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The backward of a repeat: a repeat in the other direction.
 *
 * <p>It carries the cotangents of the carried values and one sum per invariant; it takes, stacked,
 * the slices of the forward's stacked operands, what the forward body saved, and the cotangents of
 * the forward's stacked results; and it yields, stacked, the cotangents of the stacked operands.
 */
final class RepeatTranspose {
  private final Node node;
  private final Repeat repeat;
  private final Block body;
  private final List<Optional<Value>> incoming;
  private final BlockTranspose inner;

  /** Values of the forward body that the forward repeat saves, and their stacked placeholders. */
  private final LinkedHashMap<Value, Param> saved = new LinkedHashMap<>();

  private final List<Integer> carries = new ArrayList<>();
  private final List<Param> carrySeeds = new ArrayList<>();
  private final List<Integer> stackedResults = new ArrayList<>();
  private final List<Param> stackedSeeds = new ArrayList<>();

  RepeatTranspose(Node node, List<Optional<Value>> incoming) {
    this.node = node;
    this.repeat = (Repeat) node.op();
    this.body = node.bodies().getFirst();
    this.incoming = incoming;
    this.inner = new BlockTranspose(body);
  }

  /** Writes the backward repeat and reports the cotangents of the forward's operands. */
  void emitBackward(Builder to, BiConsumer<Value, Value> report) {
    seed();
    inner.run();
    var carriedOut = carries.stream().map(i -> inner.cotangent(body.params().get(i))).toList();
    var summed = paramsWithCotangent(repeat.carried(), repeat.carried() + repeat.invariant());
    var sliced = paramsWithCotangent(repeat.carried() + repeat.invariant(), body.params().size());

    var writer = new BackwardBody(to);
    carries.forEach(i -> writer.carry("d_" + name(i), incomingOrZero(to, i)));
    summed.forEach(i -> writer.carry("sum_d_" + name(i), zero(to, node.operand(i))));
    for (int k = 0; k < carries.size(); k++) {
      writer.map.put(carrySeeds.get(k), writer.carriedParams.get(k));
    }
    capture(writer, summed, sliced, carriedOut);
    var yields = writer.finish(carriedOut, summed, sliced);
    var results = writer.emit(to, yields).results();

    for (int k = 0; k < carries.size(); k++) {
      report.accept(node.operand(carries.get(k)), results.get(k));
    }
    for (int k = 0; k < summed.size(); k++) {
      report.accept(node.operand(summed.get(k)), results.get(carries.size() + k));
    }
    for (int k = 0; k < sliced.size(); k++) {
      int at = carries.size() + summed.size() + k;
      report.accept(node.operand(sliced.get(k)), results.get(at));
    }
  }

  /** Copies the forward repeat, with the saved values as further stacked results. */
  void emitForward(Builder to, ValueMap map) {
    var forward = new Builder();
    var bodyMap = new ValueMap();
    body.params().forEach(p -> bodyMap.put(p, forward.param(p)));
    inner.emitForward(forward, bodyMap);
    var yields = new ArrayList<Value>(bodyMap.get(body.yields()));
    var names = new ArrayList<>(node.names());
    saved.forEach(
        (value, placeholder) -> {
          yields.add(bodyMap.get(value));
          names.add(placeholder.name());
        });
    var copy =
        to.at(node.span())
            .node(
                names,
                repeat,
                map.get(node.operands()),
                List.of(forward.build(yields)),
                Collections.nCopies(names.size(), Optional.empty()));
    map.putAll(node.results(), copy.results().subList(0, node.results().size()));
    map.putAll(
        List.copyOf(saved.values()), copy.results().subList(node.results().size(), names.size()));
  }

  private void seed() {
    for (int i = 0; i < body.yields().size(); i++) {
      var value = body.yields().get(i);
      if (!value.type().dtype().isFloat()) {
        continue;
      }
      if (i < repeat.carried()) {
        carries.add(i);
        carrySeeds.add(inner.seed(value));
      } else if (incoming.get(i).isPresent()) {
        stackedResults.add(i);
        stackedSeeds.add(inner.seed(value));
      }
    }
  }

  private List<Integer> paramsWithCotangent(int from, int to) {
    var found = new ArrayList<Integer>();
    for (int i = from; i < to; i++) {
      if (inner.cotangent(body.params().get(i)).isPresent()) {
        found.add(i);
      }
    }
    return found;
  }

  /** Gives every value that the backward body takes from elsewhere a parameter of its own. */
  private void capture(
      BackwardBody writer,
      List<Integer> summed,
      List<Integer> sliced,
      List<Optional<Value>> carriedOut) {
    var used = new ArrayList<Value>();
    carriedOut.forEach(c -> c.ifPresent(used::add));
    summed.forEach(i -> used.add(inner.cotangent(body.params().get(i)).orElseThrow()));
    sliced.forEach(i -> used.add(inner.cotangent(body.params().get(i)).orElseThrow()));
    var captured = inner.captures(used);
    for (var value : captured) {
      int param = body.params().indexOf(value);
      if (param >= repeat.carried() && param < repeat.carried() + repeat.invariant()) {
        writer.invariant(value, node.operand(param));
      }
    }
    for (var value : captured) {
      int param = body.params().indexOf(value);
      if (param >= repeat.carried() + repeat.invariant()) {
        writer.stacked(value, node.operand(param));
      } else if (param < repeat.carried() && !isSeed(value)) {
        writer.stacked(value, saved.computeIfAbsent(value, this::placeholder));
      }
    }
    for (int k = 0; k < stackedResults.size(); k++) {
      var cotangent = incoming.get(stackedResults.get(k)).orElseThrow();
      if (captured.contains(stackedSeeds.get(k))) {
        writer.stacked(stackedSeeds.get(k), cotangent);
      }
    }
  }

  private boolean isSeed(Value value) {
    return value instanceof Param param
        && (carrySeeds.contains(param) || stackedSeeds.contains(param));
  }

  private Param placeholder(Value value) {
    return new Param("saved_" + value.name(), repeat.stacked(value.type()));
  }

  private Value incomingOrZero(Builder to, int carried) {
    return incoming.get(carried).orElseGet(() -> zero(to, node.operand(carried)));
  }

  private static Value zero(Builder to, Value like) {
    return to.emit("zero", new Fill(0, like.type()));
  }

  private String name(int operand) {
    return body.params().get(operand).name();
  }

  /** The backward repeat under construction. */
  private final class BackwardBody {
    private final Builder builder = new Builder();
    private final ValueMap map = new ValueMap();
    private final List<Value> carried = new ArrayList<>();
    private final List<Param> carriedParams = new ArrayList<>();
    private final List<Value> invariant = new ArrayList<>();
    private final List<Value> stacked = new ArrayList<>();

    BackwardBody(Builder outer) {
      builder.at(node.span());
      outer.at(node.span());
    }

    void carry(String name, Value initial) {
      carried.add(initial);
      carriedParams.add(builder.param(name, initial.type()));
    }

    void invariant(Value value, Value operand) {
      invariant.add(operand);
      map.put(value, builder.param(value.name(), value.type()));
    }

    void stacked(Value value, Value operand) {
      stacked.add(operand);
      map.put(value, builder.param(value.name(), value.type()));
    }

    List<Value> finish(
        List<Optional<Value>> carriedOut, List<Integer> summed, List<Integer> sliced) {
      inner.emitBackward(builder, map);
      var yields = new ArrayList<Value>();
      for (int k = 0; k < carriedOut.size(); k++) {
        var like = carriedParams.get(k);
        yields.add(carriedOut.get(k).map(map::get).orElseGet(() -> zero(builder, like)));
      }
      for (int k = 0; k < summed.size(); k++) {
        var sum = carriedParams.get(carriedOut.size() + k);
        yields.add(builder.emit(sum.name(), Binary.ADD, sum, cotangentOfParam(summed.get(k))));
      }
      sliced.forEach(i -> yields.add(cotangentOfParam(i)));
      return yields;
    }

    Node emit(Builder to, List<Value> yields) {
      var operands = new ArrayList<>(carried);
      operands.addAll(invariant);
      operands.addAll(stacked);
      var op =
          new Repeat(
              repeat.label(),
              repeat.axis(),
              repeat.direction().reversed(),
              carried.size(),
              invariant.size());
      var names = yields.stream().map(Value::name).toList();
      return to.node(
          names,
          op,
          operands,
          List.of(builder.build(yields)),
          Collections.nCopies(names.size(), Optional.empty()));
    }

    private Value cotangentOfParam(int param) {
      return map.get(inner.cotangent(body.params().get(param)).orElseThrow());
    }
  }
}
