package dev.weft.frontend.syntax;

/** What a block takes. */
public sealed interface Formal extends SyntaxNode permits TensorFormal, AxisFormal, ValueFormal {
  Name name();
}
