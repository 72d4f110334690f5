/**
 * Golden files: programs with the expected results below them, in comments.
 *
 * <p>Entry points: {@link dev.weft.testsuite.harness.GoldenTest} checks every file below {@code
 * src/test/resources/cases}; {@link dev.weft.testsuite.harness.Bless} (by {@code ./dev bless})
 * accepts new text.
 *
 * <pre>{@code
 * //! Prose: what the file teaches.
 * // RUN: opt --passes=simplify             a tool; above the first case it applies to all cases
 * // RUN: equiv --passes=simplify
 *
 * // ---- case: a transpose of a transpose  begins a case; a file without this line is one case
 * func @f(…) { … }                          Weft (.weft) or IR text (.ir)
 * //> opt                                   the text that the tool `opt` must give, exactly;
 * //| func @f(…) { … }                      `//| same` where that is the case's own program
 *
 * // ---- case: sizes differ
 * %y = add %x, %w                           // error[W0211]: a part of the message
 * }</pre>
 *
 * Tools: {@code check} (diagnostics only), {@code opt --passes=…}, {@code plan} (the plan's JSON),
 * {@code comm} (the collectives of the step), {@code fmt}, {@code equiv} (serial and parallel run, or with
 * {@code --passes} before and after, agree to 1e-12), {@code gradients} (agree with differences). A
 * plan is given by {@code --plan=KNOBS}, or by {@code --mesh=p=2,q=2 --cut=axis:p*q
 * --cut=axis:p:activations --micro=2 --zero=p --replicas=p}; sizes by {@code --preset=NAME} and
 * {@code -Dname=value}. Programs run in float64. A name for the block, where a tool runs twice, is
 * {@code --as=NAME}.
 *
 * <p>An annotation stands on the line that it speaks of, or alone above it; one for a diagnostic
 * that has no place stands anywhere. Every diagnostic needs an annotation and the other way round.
 *
 * <p>Never: a blessed meaning. Annotations, {@code same}, {@code equiv} and {@code gradients} are
 * changed by people alone, and a file in which one of them fails is not blessed at all.
 */
@NullMarked
package dev.weft.testsuite.harness;

import org.jspecify.annotations.NullMarked;
