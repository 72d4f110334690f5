@NullMarked
package dev.weft.runtime.kernel;

import org.jspecify.annotations.NullMarked;
