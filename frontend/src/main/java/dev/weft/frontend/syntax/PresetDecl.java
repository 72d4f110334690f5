package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code preset 7b { layers = 32, heads = 32 }}: a named choice of sizes. */
public record PresetDecl(String documentation, Name name, List<Setting> settings, Span span)
    implements Declaration {
  public PresetDecl {
    settings = List.copyOf(settings);
  }
}
