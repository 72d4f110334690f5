/** Training with proof. */
@NullMarked
package dev.weft.cli.training;

import org.jspecify.annotations.NullMarked;
