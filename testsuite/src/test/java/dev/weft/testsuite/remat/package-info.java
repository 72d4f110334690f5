/**
 * Training steps in which the backward computes values again.
 *
 * <p>Entry point: {@link dev.weft.testsuite.remat.RematEquivalenceTest}.
 */
@NullMarked
package dev.weft.testsuite.remat;

import org.jspecify.annotations.NullMarked;
