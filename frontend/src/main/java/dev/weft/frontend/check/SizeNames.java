package dev.weft.frontend.check;

import java.util.Collection;
import java.util.Optional;

/** The sizes that an expression may use. */
interface SizeNames {
  Optional<Size> size(String name);

  /** A parameter of the model that is a number, and so no size. */
  Optional<SizeTable.Parameter> number(String name);

  /** Every name that {@link #size} finds, for suggestions. */
  Collection<String> sizeNames();
}
