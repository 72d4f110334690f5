/**
 * Programs that find the constants of devices from the measurements in {@code bench/data}, and
 * print them with the errors that remain.
 *
 * <p>Entry point: {@link dev.weft.bench.fit.FitCompute}, run by {@code ./dev fit}.
 */
@NullMarked
package dev.weft.bench.fit;

import org.jspecify.annotations.NullMarked;
