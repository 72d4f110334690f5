/** The benchmark of a device, run for real on the processor of this machine. */
@NullMarked
package dev.weft.testsuite.calibrate;

import org.jspecify.annotations.NullMarked;
