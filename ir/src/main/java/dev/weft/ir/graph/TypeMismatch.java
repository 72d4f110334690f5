package dev.weft.ir.graph;

/**
 * Operands that do not fit an op. The frontend and the IR parser turn it into a diagnostic at the
 * operand's place; anywhere else it is a bug of ours.
 */
public final class TypeMismatch extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int operand;

  /** A mismatch of the operands as a whole. */
  public TypeMismatch(String message) {
    this(-1, message);
  }

  public TypeMismatch(int operand, String message) {
    super(message);
    this.operand = operand;
  }

  /** The offending operand, or -1 where it is not one alone. */
  public int operand() {
    return operand;
  }
}
