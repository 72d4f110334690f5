@NullMarked
package dev.weft.runtime.grid;

import org.jspecify.annotations.NullMarked;
