package dev.weft.passes.shard;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Reshard;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layouts in which the values of one block exist: finds a value in a wanted layout, or makes it
 * so by a reshard, once.
 *
 * <p>A value computed from nothing (a constant, a range) has no layout of its own: it is made anew
 * in every layout that is asked for.
 */
final class Layouts {
  private final Mesh mesh;
  private final Seeds seeds;
  private final Builder builder;
  private final Map<Value, Value> images = new HashMap<>();
  private final Map<Value, Value> firstImages = new HashMap<>();
  private final Map<Value, Node> free = new HashMap<>();
  private final Map<Value, Stored> stored = new HashMap<>();
  private final Map<Wanted, Value> made = new HashMap<>();

  Layouts(Mesh mesh, Seeds seeds, Builder builder) {
    this.mesh = mesh;
    this.seeds = seeds;
    this.builder = builder;
  }

  /**
   * A weight that lies in shares.
   *
   * @param image the weight in shares
   * @param use the layout in which it is used
   */
  void store(Value old, Value image, Sharding use) {
    stored.put(old, new Stored(image, use));
  }

  /** The shares of a weight that lies so. */
  Optional<Stored> stored(Value old) {
    return Optional.ofNullable(stored.get(old));
  }

  /** What has been gathered so far may go: who needs it from now on gathers it again. */
  void forgetGathered() {
    stored.keySet().forEach(images::remove);
    stored.values().forEach(s -> made.keySet().removeIf(w -> w.value().equals(s.image())));
  }

  /** Whether a node computes from nothing. */
  static boolean isFree(Node node) {
    return node.op() instanceof Fill || node.op() instanceof Iota;
  }

  void addFree(Node node) {
    free.put(node.result(), node);
  }

  void put(Value old, Value image) {
    images.put(old, image);
    firstImages.putIfAbsent(old, image);
  }

  /** The layout in which a value came into being, before a user asked for its sum. */
  Optional<Sharding> first(Value old) {
    return Optional.ofNullable(firstImages.get(old)).flatMap(Layouts::sharding);
  }

  /** The layout of a value; empty for one that can be made in any. */
  Optional<Sharding> current(Value old) {
    var inShares = stored.get(old);
    if (inShares != null) {
      return Optional.of(inShares.use());
    }
    return free.containsKey(old) ? Optional.empty() : sharding(image(old));
  }

  /** The value in a layout. */
  Value in(Value old, Sharding wanted) {
    var maker = free.get(old);
    if (maker == null) {
      return reshard(image(old), wanted);
    }
    if (wanted.isPartial() && !isZero(maker)) {
      return reshard(in(old, wanted.withPartial(List.of(), Combine.SUM)), wanted);
    }
    return made.computeIfAbsent(new Wanted(old, wanted), w -> make(maker, wanted));
  }

  /** Zero is its own share of a sum; any other constant must be divided. */
  private static boolean isZero(Node maker) {
    return maker.op() instanceof Fill fill && fill.value() == 0;
  }

  /**
   * The value in another layout than it came into being, if it has been moved there and takes no
   * more room than where it was.
   */
  Optional<Value> moved(Value old, Sharding layout) {
    var image = Optional.ofNullable(images.get(old));
    var moved = image.map(from -> made.get(new Wanted(from, layout)));
    return moved.filter(to -> bytes(to) <= bytes(image.orElseThrow()));
  }

  private long bytes(Value image) {
    return sharding(image).orElseThrow().local(image.type(), mesh).bytes();
  }

  /** The value with no partial sums but over the axes that may stay. */
  Value settled(Value old, Collection<String> mayStay) {
    var current = current(old);
    if (current.isEmpty()) {
      return in(old, seeds.ofInput(old.type()));
    }
    return in(old, settledLayout(old, current.get(), mayStay));
  }

  /** The layout of a value without partial sums; the plan may want the sum scattered. */
  Sharding settledLayout(Value value, Sharding current, Collection<String> mayStay) {
    var result = current.withPartial(retained(current, mayStay), Combine.SUM);
    for (var axis : current.partial()) {
      // A maximum cannot be scattered: whole, every user finds its part in it.
      if (!mayStay.contains(axis) && current.combine() == Combine.SUM) {
        result = scatter(value, result, axis);
      }
    }
    return result;
  }

  private Value image(Value old) {
    var inShares = stored.get(old);
    if (inShares != null) {
      return images.computeIfAbsent(old, _ -> reshard(inShares.image(), inShares.use()));
    }
    var image = images.get(old);
    if (image == null) {
      throw new IllegalStateException("no image of " + old);
    }
    return image;
  }

  private static List<String> retained(Sharding current, Collection<String> mayStay) {
    boolean sum = current.combine() == Combine.SUM;
    return current.partial().stream().filter(a -> sum && mayStay.contains(a)).toList();
  }

  /** Cuts the dimension that a rule gives to the mesh axis, where it is still whole. */
  private Sharding scatter(Value value, Sharding sharding, String axis) {
    var type = value.type();
    for (int d = 0; d < type.rank(); d++) {
      var dim = type.dims().get(d);
      boolean whole = sharding.dims().get(d).isEmpty() && dim.size() % mesh.size(axis) == 0;
      if (whole && seeds.axesOf(dim.axis()).equals(List.of(axis))) {
        return sharding.withDim(d, List.of(axis));
      }
    }
    return sharding;
  }

  private Value make(Node maker, Sharding wanted) {
    return builder
        .at(maker.span())
        .node(maker.names(), maker.op(), List.of(), List.of(), List.of(Optional.of(wanted)))
        .result();
  }

  private Value reshard(Value image, Sharding wanted) {
    if (sharding(image).orElseThrow().equals(wanted)) {
      return image;
    }
    return made.computeIfAbsent(
        new Wanted(image, wanted), w -> emit(image, new Reshard(wanted), wanted));
  }

  private Value emit(Value operand, Op op, Sharding sharding) {
    return builder
        .node(
            List.of(operand.name()),
            op,
            List.of(operand),
            List.of(),
            List.of(Optional.of(sharding)))
        .result();
  }

  private static Optional<Sharding> sharding(Value value) {
    return value.sharding();
  }

  /** A weight in shares, and the layout in which it is used. */
  record Stored(Value image, Sharding use) {}

  private record Wanted(Value value, Sharding sharding) {}
}
