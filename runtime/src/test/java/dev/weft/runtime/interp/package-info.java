@NullMarked
package dev.weft.runtime.interp;

import org.jspecify.annotations.NullMarked;
