@NullMarked
package dev.weft.runtime.train;

import org.jspecify.annotations.NullMarked;
