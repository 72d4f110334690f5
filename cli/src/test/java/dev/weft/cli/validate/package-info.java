/** Published runs against predictions. */
@NullMarked
package dev.weft.cli.validate;

import org.jspecify.annotations.NullMarked;
