/**
 * Writes a lowered training step as a PyTorch program that a person can own: one explicit program
 * per device, with its backward pass and its collectives in plain sight, beside a serial model that
 * proves it.
 *
 * <p>Entry point: {@link dev.weft.backends.torch.TorchBackend}. The texts that do not depend on the
 * model are Python files among the resources; the rest is printed from the IR.
 *
 * <p>Never: a rewrite of the program. What is printed is what the passes made.
 */
@NullMarked
package dev.weft.backends.torch;

import org.jspecify.annotations.NullMarked;
