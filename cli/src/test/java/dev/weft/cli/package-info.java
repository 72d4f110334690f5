/** The command line as a user meets it: arguments in, exit status and streams out. */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
