package dev.weft.frontend.check;

import java.util.Set;

/** The axes that those around a term want of it. */
sealed interface Wanted {
  Everything EVERYTHING = new Everything();

  /** There is no annotation: nothing is summed. */
  record Everything() implements Wanted {}

  /** These, in this order where there is a choice. */
  record Axes(Set<String> axes) implements Wanted {}
}
