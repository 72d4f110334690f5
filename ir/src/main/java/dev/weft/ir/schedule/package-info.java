/** Pipeline schedules as data: which micro-batch a device works on, in which order. */
@NullMarked
package dev.weft.ir.schedule;

import org.jspecify.annotations.NullMarked;
