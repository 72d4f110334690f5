package dev.weft.runtime.sample;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random choices that follow from a seed. */
public final class Draw {
  private final RandomGenerator random;

  public Draw(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** An integer in [low, high]. */
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  public boolean chance() {
    return random.nextBoolean();
  }

  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public <T> List<T> shuffled(List<T> list) {
    var copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** Each with even chance, in order. */
  public <T> List<T> some(List<T> list) {
    return list.stream().filter(_ -> chance()).toList();
  }

  public Dim dim(String axis) {
    return new Dim(axis, between(1, 5));
  }

  public List<Dim> dims(String... axes) {
    var dims = new ArrayList<Dim>();
    for (var axis : axes) {
      dims.add(dim(axis));
    }
    return dims;
  }

  /** An f64 tensor type with these dimensions in any order. */
  public TensorType floats(List<Dim> dims) {
    return new TensorType(DType.F64, shuffled(dims));
  }

  /** A tensor of numbers between -2 and 2. */
  public Tensor tensor(TensorType type) {
    return Tensor.generate(type, _ -> random.nextDouble(-2, 2));
  }

  /** A tensor of positive numbers. */
  public Tensor positive(TensorType type) {
    return Tensor.generate(type, _ -> random.nextDouble(0.2, 3));
  }

  /** Integers in [low, high]. */
  public Tensor integers(List<Dim> dims, int low, int high) {
    return Tensor.generate(new TensorType(DType.I32, dims), _ -> between(low, high));
  }

  /** Numbers with three axes. */
  Tensor abc() {
    return tensor(floats(dims("a", "b", "c")));
  }
}
