/**
 * What a training step of a model costs on a cluster: where the front end, the passes and the cost
 * model meet.
 *
 * <p>Entry point: {@link dev.weft.cli.pricing.Pricing}.
 *
 * <p>Never: arguments of a command, or text for people.
 */
@NullMarked
package dev.weft.cli.pricing;

import org.jspecify.annotations.NullMarked;
