/** Constants of software stacks, found from runs whose time was measured. */
@NullMarked
package dev.weft.cli.fit;

import org.jspecify.annotations.NullMarked;
