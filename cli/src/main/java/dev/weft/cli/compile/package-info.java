/**
 * From a file, the user's choices and a plan to every program that follows from them.
 *
 * <p>Entry point: {@link dev.weft.cli.compile.Compilation}. This is where the front end and the
 * passes meet; the commands and the test suite build on it.
 *
 * <p>Never: a rewrite of a program, a decision that belongs to a pass, or anything about terminals.
 */
@NullMarked
package dev.weft.cli.compile;

import org.jspecify.annotations.NullMarked;
