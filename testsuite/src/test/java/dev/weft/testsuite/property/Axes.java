package dev.weft.testsuite.property;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * The axes of a random model. The size of a derived axis follows from its name, so that a name has
 * one size everywhere.
 *
 * <p>The same seed gives the same model for every size of the batch: whoever decides by size asks
 * for {@link #nominal} ones, in which the batch is always {@value #NOMINAL_BATCH}.
 */
final class Axes {
  static final String BATCH = "batch";
  private static final int NOMINAL_BATCH = 4;

  /** Names that the compiler uses itself stand among them on purpose. */
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "e", "seq", "hidden", "flat", "group", "micro");

  private static final List<Integer> SIZES = List.of(1, 2, 2, 3, 4, 4, 4, 4, 6, 6, 8, 8, 8, 12);
  private static final int COUNT = 5;

  private final Map<String, Long> sizes = new TreeMap<>();
  private final Map<String, Long> nominal = new TreeMap<>();
  private final List<String> base = new ArrayList<>();

  Axes(Random random, long batch) {
    sizes.put(BATCH, batch);
    nominal.put(BATCH, (long) NOMINAL_BATCH);
    var names = new ArrayList<>(NAMES);
    for (int i = 0; i < COUNT; i++) {
      var name = names.remove(random.nextInt(names.size()));
      define(name, SIZES.get(random.nextInt(SIZES.size())));
      base.add(name);
    }
  }

  /** The axes that are derived from no other, without the batch. */
  List<String> base() {
    return base;
  }

  /** An axis whose size does not depend on the batch. */
  Dim define(String name, long size) {
    sizes.putIfAbsent(name, size);
    nominal.putIfAbsent(name, size);
    return dim(name);
  }

  Dim dim(String name) {
    return new Dim(name, size(name));
  }

  boolean has(String name) {
    return sizes.containsKey(name);
  }

  long nominal(String name) {
    return of(nominal, name);
  }

  /** Elements of a tensor, for decisions. */
  long nominal(TensorType type) {
    return nominal(type.axes());
  }

  long nominal(List<String> axes) {
    return axes.stream().mapToLong(this::nominal).reduce(1, (a, b) -> a * b);
  }

  /** Another axis of the same size. */
  Dim alias(String name) {
    return derive(name + "_too", name, 1, 1);
  }

  /** The major part of an axis cut into pieces. */
  Dim major(String name, int pieces) {
    return derive(name + "_by" + pieces, name, 1, pieces);
  }

  Dim minor(int pieces) {
    return define("part" + pieces, pieces);
  }

  /** Axes merged to one. */
  Dim merged(List<String> names) {
    var name = String.join("_", names);
    long size = names.stream().mapToLong(this::size).reduce(1, (a, b) -> a * b);
    sizes.putIfAbsent(name, size);
    nominal.putIfAbsent(name, nominal(names));
    return dim(name);
  }

  /** An axis behind another. */
  Dim joined(String first, String second) {
    var name = first + "_then_" + second;
    sizes.putIfAbsent(name, size(first) + size(second));
    nominal.putIfAbsent(name, nominal(first) + nominal(second));
    return dim(name);
  }

  private Dim derive(String name, String from, int times, int over) {
    sizes.putIfAbsent(name, size(from) * times / over);
    nominal.putIfAbsent(name, nominal(from) * times / over);
    return dim(name);
  }

  private long size(String name) {
    return of(sizes, name);
  }

  private static long of(Map<String, Long> sizes, String name) {
    return Objects.requireNonNull(sizes.get(name), name);
  }
}
