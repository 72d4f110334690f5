/**
 * Emitted PyTorch programs on real gloo ranks: equal to the serial model and to our own runtime.
 */
@NullMarked
package dev.weft.testsuite.torch;

import org.jspecify.annotations.NullMarked;
