/** What steps cost, and plans that are searched for. */
@NullMarked
package dev.weft.cli.pricing;

import org.jspecify.annotations.NullMarked;
