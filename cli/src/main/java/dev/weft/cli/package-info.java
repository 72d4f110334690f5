/**
 * The {@code weft} command: arguments in, library calls, rendering out.
 *
 * <p>Entry point: {@link dev.weft.cli.Main}. {@code compile} puts the front end and the passes
 * together, {@code command} has one class for each command, {@code render} turns results into text
 * and JSON.
 *
 * <p>Never: compiler logic. What a command does lives in the module it calls.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
