package dev.weft.frontend.syntax;

/** What stands at the top of a file. */
public sealed interface Declaration extends SyntaxNode
    permits ModelDecl, BlockDecl, PresetDecl, TrainDecl {
  /** The name that is declared; for a recipe the name of the model it trains. */
  Name name();

  /**
   * The text of the {@code //!} lines just above, without the marks; empty where there are none.
   */
  String documentation();
}
