/** The immutable program graph: an op is a value, a node is a place. */
@NullMarked
package dev.weft.ir.graph;

import org.jspecify.annotations.NullMarked;
