/**
 * The golden files: programs with what Weft makes of them written right below.
 *
 * <p>Entry points: {@link dev.weft.testsuite.harness.GoldenTest} and {@link
 * dev.weft.testsuite.harness.Bless}, the main class of {@code ./dev bless}. A {@link
 * dev.weft.testsuite.harness.GoldenFile} holds cases, a {@link dev.weft.testsuite.harness.Tool}
 * runs a command line of a case, a {@link dev.weft.testsuite.harness.Verdict} says what was not as
 * expected. The form of the files is described in {@code src/test/resources/cases/README.md}.
 *
 * <p>Never: a blessing of what a diagnostic says, or of an inequality; an expected text that is a
 * pattern.
 */
@NullMarked
package dev.weft.testsuite.harness;

import org.jspecify.annotations.NullMarked;
