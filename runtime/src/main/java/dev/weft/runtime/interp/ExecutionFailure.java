package dev.weft.runtime.interp;

/** A kernel that failed: a bug of ours, or an index of the user's data out of its range. */
public final class ExecutionFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  ExecutionFailure(Site site, RuntimeException cause) {
    super("at " + site + ": " + cause.getMessage(), cause);
  }
}
