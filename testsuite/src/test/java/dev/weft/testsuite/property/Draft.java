package dev.weft.testsuite.property;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** A block under construction: the values there are, and where weights and integers come from. */
abstract class Draft {
  static final int MOST_AXES = 4;
  private static final long MOST_ELEMENTS = 2500;
  private static final double LARGEST = 8;

  final Random random;
  final Axes axes;
  final Builder builder = new Builder();
  private final List<Value> pool = new ArrayList<>();
  private final Map<Value, Double> magnitudes = new HashMap<>();

  Draft(Random random, Axes axes) {
    this.random = random;
    this.axes = axes;
  }

  /** A new weight, or one of these dims that exists. */
  abstract Value weight(List<Dim> dims);

  /** Integers below a bound. */
  abstract Value integers(List<Dim> dims, long bound);

  /** An input that is fed with something that everybody knows. */
  abstract Value fed(String name, Port.Feed feed, TensorType type);

  /** The numbers of the iterations of the loops around this block. */
  abstract List<Value> iterations();

  /** A new axis for a loop in this block. */
  abstract Dim loopAxis();

  /** Number of loops around this block. */
  abstract int depth();

  /** Floating-point values that steps may use, in the order in which they came. */
  List<Value> pool() {
    return pool;
  }

  /** Makes a value available to later steps. */
  void add(Value value, double magnitude) {
    magnitudes.put(value, magnitude);
    pool.add(value);
  }

  /** Roughly the largest element of a value. */
  double magnitude(Value value) {
    return magnitudes.getOrDefault(value, 3.0);
  }

  /** Makes a new value available, squashed where its elements could be large. */
  Optional<Value> keep(Value value, double magnitude) {
    if (magnitude <= LARGEST) {
      add(value, magnitude);
      return Optional.of(value);
    }
    var squashed = emit("calm", new Unary(UnaryFunction.TANH), scaled(value, 2 / magnitude));
    add(squashed, 1);
    return Optional.of(squashed);
  }

  Value scaled(Value value, double factor) {
    return factor == 1 ? value : emit(value.name(), Affine.scale(factor), value);
  }

  Value emit(String name, Op op, Value... operands) {
    return builder.emit(name, op, operands);
  }

  Node node(String name, Op op, Value... operands) {
    return builder.node(name, op, List.of(operands), List.of());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T one(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  <T> List<T> shuffled(List<T> items) {
    var copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** Some value, later ones more often. */
  Value any() {
    int back = Math.min(random.nextInt(pool.size()), random.nextInt(pool.size()));
    return pool.get(pool.size() - 1 - back);
  }

  /** Some value with a property, if there is one. */
  Optional<Value> any(Predicate<Value> wanted) {
    return shuffled(pool).stream().filter(wanted).findFirst();
  }

  /** Whether a tensor of these axes is small enough. */
  boolean fits(List<String> result) {
    return result.size() <= MOST_AXES && axes.nominal(result) <= MOST_ELEMENTS;
  }

  boolean fits(TensorType type) {
    return fits(type.axes());
  }

  List<Dim> dims(List<String> names) {
    return names.stream().map(axes::dim).toList();
  }

  /** An axis of a value, seldom the batch; none for a scalar. */
  Optional<String> axisOf(Value value) {
    var own = value.type().axes().stream().filter(a -> !a.equals(Axes.BATCH)).toList();
    if (value.type().bears(Axes.BATCH) && (chance(0.08) || (own.isEmpty() && chance(0.3)))) {
      return Optional.of(Axes.BATCH);
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(one(own));
  }
}
