/**
 * The models of {@code examples/}, trained in parallel and serially.
 *
 * <p>Entry point: {@link dev.weft.testsuite.models.EquivalenceTest}.
 */
@NullMarked
package dev.weft.testsuite.models;

import org.jspecify.annotations.NullMarked;
