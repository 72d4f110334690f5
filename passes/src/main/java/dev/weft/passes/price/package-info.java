/**
 * Kernels, the units of work that a device runs one after another, and how long it takes for each.
 *
 * <p>Entry point: {@link dev.weft.passes.price.KernelTimes}. The formulas and their errors are in
 * {@code docs/cost-model.md}, "Compute"; the constants belong to the devices.
 *
 * <p>Never: a program is read here, a launch by the host or a wait counted.
 */
@NullMarked
package dev.weft.passes.price;

import org.jspecify.annotations.NullMarked;
