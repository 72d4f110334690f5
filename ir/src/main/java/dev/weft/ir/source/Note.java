package dev.weft.ir.source;

/** Where the other half of a problem comes from. */
public record Note(Span span, String message) {}
