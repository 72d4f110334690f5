/**
 * Random programs under random plans: the parallel step computes what the serial one computes, or
 * the plan is refused with a reason.
 *
 * <p>Entry point: {@link dev.weft.testsuite.property.EquivalencePropertyTest}. A {@link
 * dev.weft.testsuite.property.Sample} is drawn from a seed, a {@link
 * dev.weft.testsuite.property.Trial} judges it, a {@link dev.weft.testsuite.property.Shrinking}
 * makes a failing one small.
 *
 * <p>Never: a choice that depends on anything but the seed; a tolerance that depends on the plan.
 */
@NullMarked
package dev.weft.testsuite.property;

import org.jspecify.annotations.NullMarked;
