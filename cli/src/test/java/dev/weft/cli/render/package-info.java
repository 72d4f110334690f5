/** What people see. */
@NullMarked
package dev.weft.cli.render;

import org.jspecify.annotations.NullMarked;
