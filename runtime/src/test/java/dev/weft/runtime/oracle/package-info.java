@NullMarked
package dev.weft.runtime.oracle;

import org.jspecify.annotations.NullMarked;
