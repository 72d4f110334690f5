package dev.weft.backends.torch;

import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Views that bring named axes into positions. */
final class Layout {
  private Layout() {}

  /** The tensor with its dimensions in the order of {@code to}, which has the same axes. */
  static Expression permute(Expression x, List<String> from, List<String> to) {
    if (from.equals(to)) {
      return x;
    }
    var order = to.stream().map(from::indexOf).toList();
    var moved = new ArrayList<Integer>();
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) != i) {
        moved.add(i);
      }
    }
    if (order.size() == 2) {
      return x.method("T");
    }
    return moved.size() == 2
        ? x.method("transpose(" + moved.get(0) + ", " + moved.get(1) + ")")
        : x.method("permute(" + join(order) + ")");
  }

  /** The tensor so placed that it broadcasts against one with the given axes. */
  static Expression align(Expression x, TensorType type, List<String> target) {
    var sorted = target.stream().filter(type::bears).toList();
    return spread(permute(x, type.axes(), sorted), sorted, target);
  }

  /** As {@link #align}, with a dimension for every axis of the target, of size 1 where it lacks. */
  static Expression alignFully(Expression x, TensorType type, List<String> target) {
    var sorted = target.stream().filter(type::bears).toList();
    return insert(permute(x, type.axes(), sorted), sorted, target);
  }

  private static Expression spread(Expression x, List<String> sorted, List<String> target) {
    return sorted.isEmpty()
        ? x
        : insert(x, sorted, target.subList(target.indexOf(sorted.getFirst()), target.size()));
  }

  private static Expression insert(Expression x, List<String> sorted, List<String> target) {
    int missing = target.size() - sorted.size();
    if (missing == 0) {
      return x;
    }
    if (sorted.isEmpty()) {
      return x.method("view(" + join(Collections.nCopies(missing, 1)) + ")");
    }
    if (target.subList(0, sorted.size()).equals(sorted)) {
      return x.index("..." + ", None".repeat(missing));
    }
    var entries =
        new ArrayList<>(target.stream().map(a -> sorted.contains(a) ? ":" : "None").toList());
    while (entries.getLast().equals(":")) {
      entries.removeLast();
    }
    return x.index(String.join(", ", entries));
  }

  /** The position of an axis; the last one is -1. */
  static int position(TensorType type, String axis) {
    int at = type.indexOf(axis);
    return at == type.rank() - 1 ? -1 : at;
  }

  /** Positions of axes as the argument of a reduction. */
  static String positions(TensorType type, List<String> axes) {
    if (axes.size() == 1) {
      return Integer.toString(position(type, axes.getFirst()));
    }
    return axes.size() == type.rank()
        ? ""
        : "(" + join(axes.stream().map(type::indexOf).sorted().toList()) + ")";
  }

  private static String join(List<Integer> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
