/**
 * The deliberately plain evaluator: what a program means.
 *
 * <p>Entry point: {@link dev.weft.runtime.oracle.Oracle}. It runs whole programs on one device of
 * unlimited size, with index loops over axis names, and is slow and easy to check by eye. Every
 * faster way of running is compared with it.
 *
 * <p>Never: code shared with {@code runtime.kernel}, or a shortcut that needs an argument.
 */
@NullMarked
package dev.weft.runtime.oracle;

import org.jspecify.annotations.NullMarked;
