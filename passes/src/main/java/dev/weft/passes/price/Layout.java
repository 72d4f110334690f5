package dev.weft.passes.price;

/**
 * Which operands of a multiplication lie transposed in memory, the left one first: N as the product
 * reads it, T transposed. With weights of {@code [out, in]} a forward pass is TN, the gradient of
 * its input NN and that of its weight NT.
 */
public enum Layout {
  NN,
  NT,
  TN
}
