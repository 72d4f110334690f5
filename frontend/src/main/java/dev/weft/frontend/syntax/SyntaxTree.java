package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of Weft as it was written. Meaning is not looked at: names may be unknown, and a file may
 * hold two models.
 *
 * @param comments every comment of the file, in order
 */
public record SyntaxTree(
    Source source, List<Declaration> declarations, List<Comment> comments, Span span)
    implements SyntaxNode {
  public SyntaxTree {
    declarations = List.copyOf(declarations);
    comments = List.copyOf(comments);
  }

  public List<ModelDecl> models() {
    return declared(ModelDecl.class).toList();
  }

  public List<BlockDecl> blocks() {
    return declared(BlockDecl.class).toList();
  }

  public List<PresetDecl> presets() {
    return declared(PresetDecl.class).toList();
  }

  public List<TrainDecl> trains() {
    return declared(TrainDecl.class).toList();
  }

  public Optional<PresetDecl> preset(String name) {
    return declared(PresetDecl.class).filter(p -> p.name().text().equals(name)).findFirst();
  }

  private <T extends Declaration> Stream<T> declared(Class<T> kind) {
    return declarations.stream().filter(kind::isInstance).map(kind::cast);
  }
}
