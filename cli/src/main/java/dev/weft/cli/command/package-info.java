/**
 * The commands, one class each, and what their command lines have in common.
 *
 * <p>Entry point: {@link dev.weft.cli.command.CommandLineRun}. A command reads its arguments, calls
 * {@code compile} and the libraries, and hands a {@link dev.weft.cli.render.View} to its {@link
 * dev.weft.cli.command.Report}.
 *
 * <p>Never: a class of the runtime or a backend in a command that does not need it (starting fast
 * depends on what is loaded); an exception for what a user wrote.
 */
@NullMarked
package dev.weft.cli.command;

import org.jspecify.annotations.NullMarked;
