package dev.weft.ir.plan;

import java.util.List;
import java.util.Optional;

/** The names of the rematerialization policies. */
final class RematNames {
  static final String NONE = "none";
  static final String SELECTIVE = "selective";
  static final String FULL = "full";
  static final String BUDGET = "budget";
  static final String VALUES = "values";

  /** The policies that a name says whole. */
  static final List<String> SIMPLE = List.of(NONE, SELECTIVE, FULL);

  static final List<String> ALL = List.of(NONE, SELECTIVE, FULL, BUDGET, VALUES);

  private RematNames() {}

  static String of(RematPlan policy) {
    return switch (policy) {
      case RematPlan.None() -> NONE;
      case RematPlan.Selective() -> SELECTIVE;
      case RematPlan.Full() -> FULL;
      case RematPlan.Budget _ -> BUDGET;
      case RematPlan.Values _ -> VALUES;
    };
  }

  /** The policy that a name says whole. */
  static Optional<RematPlan> of(String name) {
    return switch (name) {
      case NONE -> Optional.of(new RematPlan.None());
      case SELECTIVE -> Optional.of(new RematPlan.Selective());
      case FULL -> Optional.of(new RematPlan.Full());
      default -> Optional.empty();
    };
  }
}
