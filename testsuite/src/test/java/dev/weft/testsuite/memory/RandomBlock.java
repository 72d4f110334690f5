package dev.weft.testsuite.memory;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Nodes over the parameters of a builder, then some of their values yielded. */
final class RandomBlock {
  private static final int DEEPEST = 2;
  private static final List<Integer> ITERATIONS = List.of(1, 2, 3, 5, 9);

  private final Random random;
  private final List<Function> callees;
  private final Builder builder;
  private final int depth;
  private final List<Value> values = new ArrayList<>();

  /**
   * @param builder whose parameters are declared
   * @param depth of loops around the block
   */
  RandomBlock(Random random, List<Function> callees, Builder builder, int depth) {
    this.random = random;
    this.callees = callees;
    this.builder = builder;
    this.depth = depth;
    values.addAll(builder.build(List.of()).params());
  }

  Block draw() {
    write();
    var yields = new ArrayList<Value>();
    for (int i = 0, count = 1 + random.nextInt(3); i < count; i++) {
      yields.add(any());
    }
    return builder.build(yields);
  }

  private void write() {
    for (int i = 0, count = 2 + random.nextInt(9); i < count; i++) {
      writeNode();
    }
  }

  private void writeNode() {
    switch (random.nextInt(10)) {
      case 0, 1 -> values.add(builder.emit(Affine.scale(2), any()));
      case 2 -> binary();
      case 3 -> values.add(builder.emit(new Fill(0, any().type())));
      case 4, 5 -> pack();
      case 6 -> unpack();
      case 7 -> rename();
      case 8 -> loop();
      default -> call();
    }
  }

  private void binary() {
    var left = any();
    var right = like(left.type());
    switch (random.nextInt(4)) {
      case 0 -> values.add(builder.emit(Binary.MUL, left, right));
      case 1 -> {
        var rate = like(TensorType.scalar(DType.F64));
        values.add(builder.emit(new SgdUpdate(0), left, right, rate));
      }
      default -> values.add(builder.emit(Binary.ADD, left, right));
    }
  }

  private void pack() {
    var operands = new ArrayList<Value>(List.of(any()));
    while (random.nextInt(3) > 0 && operands.size() < 3) {
      operands.add(any());
    }
    long size = operands.stream().mapToLong(v -> v.type().elements()).sum();
    long padding = random.nextInt(3) == 0 ? 2 : 0;
    var op = new Pack(new Dim("flat", size + padding));
    values.add(builder.emit(op, operands.toArray(Value[]::new)));
  }

  /** Two vectors, possibly without the end; now and then they are packed again. */
  private void unpack() {
    var vector = any();
    long size = vector.type().elements();
    if (vector.type().rank() != 1 || size < 3) {
      return;
    }
    long first = 1 + random.nextInt((int) size - 1);
    long second = size - first - random.nextInt(2) * (size - first > 1 ? 1 : 0);
    var parts = List.of(vector("a", first), vector("b", second));
    var node = builder.node("part", new Unpack(parts), List.of(vector), List.of());
    values.addAll(node.results());
    if (random.nextBoolean()) {
      var flat = new Pack(new Dim("flat", size));
      values.add(builder.emit(flat, node.result(0), node.result(1)));
    }
  }

  private void rename() {
    var value = any();
    if (value.type().rank() > 0) {
      var axis = value.type().axes().getLast();
      var to = axis.equals("a") ? "b" : "a";
      if (!value.type().bears(to)) {
        values.add(builder.emit(new Rename(axis, to), value));
      }
    }
  }

  private void loop() {
    if (depth == DEEPEST) {
      return;
    }
    var axis = new Dim("l" + depth, ITERATIONS.get(random.nextInt(ITERATIONS.size())));
    var candidates = values.stream().filter(v -> !v.type().bears(axis.axis())).toList();
    var carried = some(candidates);
    var invariant = some(candidates);
    var stacked = some(stacks(axis));
    var direction = random.nextBoolean() ? Direction.FORWARD : Direction.REVERSE;
    var op = new Repeat("loop", axis, direction, carried.size(), invariant.size());
    var operands = new ArrayList<>(carried);
    operands.addAll(invariant);
    var body = new Builder();
    operands.forEach(v -> body.param("p", v.type()));
    stacked.forEach(v -> body.param("s", v.type().without(List.of(axis.axis()))));
    operands.addAll(stacked);
    var block = new RandomBlock(random, callees, body, depth + 1).bodyOf(carried, axis);
    if (!block.params().isEmpty() || !block.yields().isEmpty()) {
      var staggered = op.withAhead(ahead(block, carried.size()));
      values.addAll(builder.node("y", staggered, operands, List.of(block)).results());
    }
  }

  /** How many nodes run ahead: some of those that come before the first use of what is carried. */
  private int ahead(Block body, int carried) {
    var bound = new HashSet<Value>(body.params().subList(0, carried));
    int free = 0;
    while (free < body.nodes().size()
        && body.nodes().get(free).operands().stream().noneMatch(bound::contains)) {
      free++;
    }
    return random.nextInt(free + 1);
  }

  /** Yields a value of the type of each carried one, and some for stacking. */
  private Block bodyOf(List<Value> carried, Dim axis) {
    if (!values.isEmpty()) {
      write();
    }
    var yields = new ArrayList<Value>();
    carried.forEach(v -> yields.add(like(v.type())));
    yields.addAll(some(values.stream().filter(v -> !v.type().bears(axis.axis())).toList()));
    return builder.build(yields);
  }

  /** Values whose first axis is the loop's. */
  private List<Value> stacks(Dim axis) {
    var stacks =
        new ArrayList<>(
            values.stream()
                .filter(v -> v.type().rank() > 0 && v.type().dims().getFirst().equals(axis))
                .toList());
    if (stacks.isEmpty() && random.nextBoolean()) {
      var type = TensorType.of(DType.F64, axis, new Dim("a", 4));
      stacks.add(builder.emit(new Fill(0, type)));
      values.add(stacks.getFirst());
    }
    return stacks;
  }

  private void call() {
    if (callees.isEmpty()) {
      return;
    }
    var callee = callees.get(random.nextInt(callees.size()));
    var operands = new ArrayList<Value>();
    callee.body().params().forEach(p -> operands.add(like(p.type())));
    var types = callee.body().yields().stream().map(Value::type).toList();
    var op = new Call(callee.name(), 0, Phase.FORWARD, 0, types);
    values.addAll(builder.node("c", op, operands, List.of()).results());
  }

  private List<Value> some(List<Value> candidates) {
    var some = new ArrayList<Value>();
    while (!candidates.isEmpty() && some.size() < 3 && random.nextInt(5) > 1) {
      some.add(candidates.get(random.nextInt(candidates.size())));
    }
    return some;
  }

  /** A value of a type: one that there is, or zeros. */
  private Value like(TensorType type) {
    var candidates = values.stream().filter(v -> v.type().equals(type)).toList();
    if (candidates.isEmpty() || random.nextInt(8) == 0) {
      values.add(builder.emit(new Fill(0, type)));
      return values.getLast();
    }
    return candidates.get(random.nextInt(candidates.size()));
  }

  private Value any() {
    return values.get(random.nextInt(values.size()));
  }

  private static TensorType vector(String axis, long size) {
    return TensorType.of(DType.F64, new Dim(axis, size));
  }
}
