package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code train gpt2 { batch = 8, precision = f32 }}: how a model is trained. */
public record TrainDecl(String documentation, Name name, List<Setting> settings, Span span)
    implements Declaration {
  public TrainDecl {
    settings = List.copyOf(settings);
  }
}
