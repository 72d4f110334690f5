package dev.weft.frontend.syntax;

/** What has a value: a size, a number, a tensor, an axis, or a list of axes. */
public sealed interface Expression extends SyntaxNode
    permits NumberLiteral,
        BooleanLiteral,
        NameExpression,
        ListExpression,
        ParenthesizedExpression,
        NegateExpression,
        BinaryExpression,
        CallExpression,
        BracketExpression,
        RenameExpression {}
