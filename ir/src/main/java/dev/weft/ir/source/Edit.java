package dev.weft.ir.source;

/** A replacement of text that is certain to mend the problem. */
public record Edit(Span span, String replacement) {}
