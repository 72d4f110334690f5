/** Our pipeline schedules beside those of PyTorch. */
@NullMarked
package dev.weft.testsuite.schedule;

import org.jspecify.annotations.NullMarked;
