package dev.weft.ir.json;

import dev.weft.ir.source.Code;

/**
 * What one kind of document calls the mistakes that any JSON may have.
 *
 * @param document the document in a message, such as {@code a plan}
 * @param syntax for a text that is not JSON
 * @param unknownKey for a key that an object does not have
 * @param repeatedKey for a key given twice in one object
 * @param missingKey for a key that an object needs and lacks
 * @param wrongType for a value that is not of its key's kind
 * @param unknownChoice for a text that is none of those that may stand there
 */
public record JsonCodes(
    String document,
    Code syntax,
    Code unknownKey,
    Code repeatedKey,
    Code missingKey,
    Code wrongType,
    Code unknownChoice) {}
