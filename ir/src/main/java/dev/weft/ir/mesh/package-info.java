/** Device meshes and how a value's dimensions are laid out on them. */
@NullMarked
package dev.weft.ir.mesh;

import org.jspecify.annotations.NullMarked;
