package dev.weft.frontend.check;

import java.util.Set;
import java.util.function.UnaryOperator;

/** The axes that those around a term want of it. */
sealed interface Wanted {
  Everything EVERYTHING = new Everything();

  /** There is no annotation: nothing is summed. */
  record Everything() implements Wanted {}

  /** These, in this order where there is a choice. */
  record Axes(Set<String> axes) implements Wanted {}

  /** As this, with other axes where there is an annotation. */
  default Wanted map(UnaryOperator<Set<String>> change) {
    return switch (this) {
      case Everything everything -> everything;
      case Axes(var axes) -> new Axes(change.apply(axes));
    };
  }
}
