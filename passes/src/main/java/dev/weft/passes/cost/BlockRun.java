package dev.weft.passes.cost;

import dev.weft.ir.op.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Follows a block from its arguments to its yields and counts what is live. */
final class BlockRun {
  private final Pattern pattern;
  private final Code code;
  private final Effects effects;
  private final Ledger ledger = new Ledger();
  private final List<Buffer> given;
  private final Spot[] spots;

  BlockRun(Pattern pattern, Effects effects) {
    this.pattern = pattern;
    this.code = pattern.code();
    this.effects = effects;
    this.given = pattern.buffers().stream().map(g -> new Buffer(g.extent(), g.outside())).toList();
    this.spots = new Spot[code.values()];
  }

  Effect run() {
    given.forEach(ledger::open);
    for (int i = 0; i < code.params(); i++) {
      var argument = pattern.arguments().get(i);
      put(i, new Spot(given.get(argument.buffer()), argument.offset()));
    }
    drop(code.unusedParams());
    for (var line : code.lines()) {
      follow(line);
      drop(line.unused());
    }
    return effect();
  }

  private void follow(Code.Line line) {
    switch (line.placing()) {
      case OWN -> {
        own(line);
        drop(line.dying());
      }
      case IN_PLACE -> {
        drop(line.dying());
        own(line);
      }
      case VIEW -> {
        view(line);
        drop(line.dying());
      }
      case ROWS -> {
        rows(line);
        drop(line.dying());
      }
      case PACK -> pack(line);
      case LOOP -> loop(line);
      case CALL -> call(line);
    }
  }

  private void own(Code.Line line) {
    for (int result : line.results()) {
      put(result, fresh(result));
    }
  }

  private void view(Code.Line line) {
    var next = spots[line.operands()[0]];
    for (int result : line.results()) {
      put(result, next);
      next = next.plus(code.extent(result).elements());
    }
  }

  private void rows(Code.Line line) {
    var slice = (Slice) line.node().op();
    var whole = spots[line.operands()[0]];
    put(line.results()[0], whole.plus(slice.elementsBefore(line.node().operand(0).type())));
  }

  private void pack(Code.Line line) {
    int flat = line.results()[0];
    var packed = fillsBuffer(line, flat) ? spots[line.operands()[0]] : fresh(flat);
    drop(line.dying());
    put(flat, packed);
  }

  /** Whether the operands, in order, begin a buffer of the vector's size; padding ends it. */
  private boolean fillsBuffer(Code.Line line, int flat) {
    var buffer = spots[line.operands()[0]].buffer();
    long next = 0;
    for (int operand : line.operands()) {
      if (spots[operand].buffer() != buffer || spots[operand].offset() != next) {
        return false;
      }
      next += code.extent(operand).elements();
    }
    return buffer.extent().elements() == code.extent(flat).elements();
  }

  /** Operands that die at the call are the callee's own from the start. */
  private void call(Code.Line line) {
    var arguments = spots(line.operands());
    var terms = Arrays.stream(line.operands()).mapToObj(this::term).toList();
    drop(line.dying());
    var instance = Pattern.of(line.inner().orElseThrow(), arguments, terms);
    var effect = effects.of(instance.pattern());
    ledger.during(effect, instance.buffers());
    put(line.results(), effect.results(instance.buffers()));
  }

  private void loop(Code.Line line) {
    int carried = line.carried().size();
    for (int i = carried; i < line.results().length; i++) {
      put(line.results()[i], fresh(line.results()[i]));
    }
    var others = Arrays.stream(line.operands()).skip(carried).boxed().toList();
    var terms = new ArrayList<>(line.carried());
    others.forEach(operand -> terms.add(term(operand)));
    var operands = spots(line.operands());
    drop(Arrays.stream(line.dying()).filter(v -> !others.contains(v)).toArray());
    var last = new LoopRun(line, terms, operands, ledger, effects).run();
    put(Arrays.copyOf(line.results(), carried), last);
    drop(Arrays.stream(line.dying()).filter(others::contains).toArray());
  }

  private Effect effect() {
    Map<Buffer, Integer> positions = new IdentityHashMap<>();
    given.forEach(buffer -> positions.put(buffer, positions.size()));
    var fresh = new ArrayList<Extent>();
    var yields = new ArrayList<Effect.Yield>();
    for (int value : code.yields()) {
      var spot = spots[value];
      if (!positions.containsKey(spot.buffer())) {
        positions.put(spot.buffer(), positions.size());
        fresh.add(spot.buffer().extent());
      }
      int position = Objects.requireNonNull(positions.get(spot.buffer()));
      yields.add(new Effect.Yield(position, spot.offset()));
    }
    return new Effect(ledger.peakBytes(), ledger.peak(), yields, fresh);
  }

  private List<Spot> spots(int[] values) {
    return Arrays.stream(values).mapToObj(v -> spots[v]).toList();
  }

  private Spot fresh(int value) {
    return new Spot(new Buffer(code.extent(value)), 0);
  }

  private Term term(int value) {
    return value < code.params() ? pattern.arguments().get(value).term() : code.term(value);
  }

  private void put(int[] values, List<Spot> where) {
    for (int i = 0; i < values.length; i++) {
      put(values[i], where.get(i));
    }
  }

  private void put(int value, Spot spot) {
    spots[value] = spot;
    ledger.hold(spot.buffer(), term(value));
  }

  private void drop(int[] values) {
    for (int value : values) {
      ledger.release(spots[value].buffer(), term(value));
    }
  }
}
