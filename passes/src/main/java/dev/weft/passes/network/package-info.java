/**
 * How long communication takes: collectives and transfers over a hierarchy of links.
 *
 * <p>Entry point: {@link dev.weft.passes.network.Network}. A time depends on what is sent, on the
 * group and on the links alone. Never: a program, a plan or a schedule; never: what compute the
 * communication overlaps with.
 */
@NullMarked
package dev.weft.passes.network;

import org.jspecify.annotations.NullMarked;
