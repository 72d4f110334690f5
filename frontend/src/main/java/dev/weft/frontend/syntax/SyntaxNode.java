package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A piece of the syntax tree. Every node knows the text that it was read from. */
public sealed interface SyntaxNode
    permits SyntaxTree,
        Declaration,
        SizeParameter,
        Formal,
        Setting,
        Statement,
        AxisDeclarator,
        InputDeclarator,
        TextFeed,
        ParamGroup,
        Expression,
        Argument,
        AxisRename,
        AxisPattern,
        Name {
  Span span();
}
