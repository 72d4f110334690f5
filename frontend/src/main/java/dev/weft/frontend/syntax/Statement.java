package dev.weft.frontend.syntax;

/** A line of a model or a block. */
public sealed interface Statement extends SyntaxNode
    permits AxisStatement,
        InputStatement,
        ParamStatement,
        BindStatement,
        RepeatStatement,
        OutputStatement,
        LossStatement,
        ReturnStatement,
        ShardStatement {}
