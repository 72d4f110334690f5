package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** {@code shard heads over tp}: a constraint that the planner obeys. */
public record ShardStatement(Name axis, Name meshAxis, Span span) implements Statement {}
