package dev.weft.cli.validate;

/** A published run as the rules have understood it: something to price, or why not. */
public sealed interface Row permits RowCase, Skipped {
  PublishedRun run();
}
