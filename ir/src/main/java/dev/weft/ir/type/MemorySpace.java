package dev.weft.ir.type;

/** Which memory a tensor lies in. An op runs where its operands are. */
public enum MemorySpace {
  /** The accelerator's own. */
  DEVICE,
  /** That of the host to which the accelerator belongs. */
  HOST
}
