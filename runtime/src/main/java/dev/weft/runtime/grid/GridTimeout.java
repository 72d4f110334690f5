package dev.weft.runtime.grid;

/** A device waited longer than it may; the message says who waits for whom. */
public final class GridTimeout extends GridFailure {
  private static final long serialVersionUID = 1;

  GridTimeout(String message) {
    super(message);
  }
}
