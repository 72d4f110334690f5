/**
 * What people and programs see: results as text and as JSON, diagnostics, progress.
 *
 * <p>Entry point: {@link dev.weft.cli.render.View}.
 *
 * <p>Never: a computation whose result is not about layout; a write to {@code System.out}, which
 * belongs to the {@link dev.weft.cli.render.Terminal}.
 */
@NullMarked
package dev.weft.cli.render;

import org.jspecify.annotations.NullMarked;
