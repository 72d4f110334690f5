/**
 * Strict JSON whose every value knows its place, for documents that people write: plans, cluster
 * specs.
 *
 * <p>Entry points: {@link JsonReader} for a text, {@link Fields} for an object with known keys,
 * {@link JsonForm} for the text of a value. Never: what a key means.
 */
@NullMarked
package dev.weft.ir.json;

import org.jspecify.annotations.NullMarked;
