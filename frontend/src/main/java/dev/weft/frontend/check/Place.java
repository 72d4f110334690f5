package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BlockDecl;

/** What a body belongs to, which decides the statements that it may hold. */
sealed interface Place {
  record OfModel() implements Place {}

  record OfBlock(BlockDecl block) implements Place {}

  record OfRepeat() implements Place {}

  /** For messages. */
  default String text() {
    return switch (this) {
      case OfModel model -> "a model";
      case OfBlock block -> "a block";
      case OfRepeat repeat -> "a repeat";
    };
  }
}
