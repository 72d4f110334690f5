package dev.weft.runtime.grid;

/** A run that could not be finished; the message names devices and places in the program. */
public sealed class GridFailure extends RuntimeException permits GridTimeout {
  private static final long serialVersionUID = 1;

  GridFailure(String message) {
    super(message);
  }

  GridFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
