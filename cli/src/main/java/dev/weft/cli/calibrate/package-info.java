/**
 * Runs the benchmark of a device on this machine.
 *
 * <p>Entry point: {@link dev.weft.cli.calibrate.BenchmarkRun}. Never: what its numbers mean.
 */
@NullMarked
package dev.weft.cli.calibrate;

import org.jspecify.annotations.NullMarked;
