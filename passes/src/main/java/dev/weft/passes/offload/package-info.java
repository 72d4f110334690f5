/**
 * Offload: what need not lie on the device all the time is moved to the memory of its host.
 *
 * <p>Entry point: {@link dev.weft.passes.offload.OffloadToHost}. Never: a change of what is
 * computed; moving a value is the identity.
 */
@NullMarked
package dev.weft.passes.offload;

import org.jspecify.annotations.NullMarked;
