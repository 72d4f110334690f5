package dev.weft.testsuite.property;

import java.util.List;

/** What came of a sample. */
sealed interface Outcome {
  /**
   * The parallel step computed what the serial one computes.
   *
   * @param error the largest one, relative to the largest element of the tensor
   */
  record Equal(double error) implements Outcome {}

  /** The model or plan was refused, with these codes. */
  record Refused(List<String> codes) implements Outcome {}

  /** The step computed something else. */
  record Mismatch(String what, double error) implements Outcome {}

  /** The step took other memory or traffic than its text says. */
  record Mispredicted(String what) implements Outcome {}

  /** Something threw. */
  record Crash(RuntimeException cause) implements Outcome {
    /** Where it came from, for telling crashes apart. */
    String kind() {
      Throwable root = cause;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      var trace = root.getStackTrace();
      return root.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
  }

  /** Whether two outcomes are failures of one kind. */
  static boolean sameFailure(Outcome a, Outcome b) {
    return switch (a) {
      case Equal _, Refused _ -> false;
      case Mismatch _ -> b instanceof Mismatch;
      case Mispredicted _ -> b instanceof Mispredicted;
      case Crash one -> b instanceof Crash other && one.kind().equals(other.kind());
    };
  }
}
