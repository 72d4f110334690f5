/**
 * Documents that are generated from code.
 *
 * <p>Entry points: {@link dev.weft.testsuite.docs.DiagnosticsTest} finds a page that is out of
 * date; {@code ./dev bless} writes it anew.
 */
@NullMarked
package dev.weft.testsuite.docs;

import org.jspecify.annotations.NullMarked;
