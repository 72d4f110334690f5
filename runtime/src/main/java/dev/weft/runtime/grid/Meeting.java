package dev.weft.runtime.grid;

import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One collective of one group. Guarded by the rendezvous' lock, but for {@link #compute}. */
final class Meeting {
  private final List<Integer> group;
  private final TreeMap<Integer, Arrival> arrivals = new TreeMap<>();
  private Optional<List<Tensor>> results = Optional.empty();

  Meeting(List<Integer> group) {
    this.group = group;
  }

  List<Integer> group() {
    return group;
  }

  /**
   * A device comes.
   *
   * @return someone who came before and does something else
   */
  Optional<Arrival> add(Arrival arrival) {
    var other = arrivals.values().stream().filter(a -> !a.agreesWith(arrival)).findFirst();
    arrivals.put(arrival.device(), arrival);
    return other;
  }

  boolean isComplete() {
    return arrivals.size() == group.size();
  }

  /** Members that have not come. */
  List<Integer> missing() {
    return group.stream().filter(d -> !arrivals.containsKey(d)).toList();
  }

  /** The part of a device that has come. */
  Arrival arrival(int device) {
    return Objects.requireNonNull(arrivals.get(device));
  }

  /** The results of a complete meeting, in the order of the group. */
  List<Tensor> compute() {
    var operands = new ArrayList<Tensor>();
    for (int device : group) {
      operands.add(arrival(device).operand());
    }
    return Exchange.of(arrival(group.getFirst()).op(), operands);
  }

  void conclude(List<Tensor> computed) {
    results = Optional.of(computed);
  }

  /** A member's result, once there is one. */
  Optional<Tensor> result(int device) {
    return results.map(r -> r.get(group.indexOf(device)));
  }
}
