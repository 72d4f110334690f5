package dev.weft.backends.torch;

import java.util.SortedSet;

/** A writer of {@code model.py}. */
interface ProgramFile {
  String text();

  /** The library functions that the text uses, once it is written. */
  SortedSet<String> functions();
}
