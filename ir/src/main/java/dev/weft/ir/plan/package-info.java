/** The plan: every parallelisation choice as data. */
@NullMarked
package dev.weft.ir.plan;

import org.jspecify.annotations.NullMarked;
