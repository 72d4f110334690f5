/**
 * Broken inputs, and what the command line says of them.
 *
 * <p>The corpus is {@code src/test/resources/bad}; its table {@code cases.txt} has a command line,
 * its exit status and its findings for every case. To add one: write the smallest file with the
 * mistake, a row, and read what {@code weft} prints before writing it down.
 *
 * <p>Never: a case whose expected findings were not judged to be what a user should read.
 */
@NullMarked
package dev.weft.testsuite.bad;

import org.jspecify.annotations.NullMarked;
