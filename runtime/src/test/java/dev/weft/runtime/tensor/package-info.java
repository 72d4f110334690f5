@NullMarked
package dev.weft.runtime.tensor;

import org.jspecify.annotations.NullMarked;
