package dev.weft.cli.validate;

/**
 * A run that is not priced.
 *
 * @param detail the particulars; may be empty
 */
public record Skipped(PublishedRun run, SkipReason reason, String detail) implements Row {}
