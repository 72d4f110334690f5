package dev.weft.testsuite.property;

import java.util.ArrayList;
import java.util.List;

/** What a random program is made of, and how often. */
final class Steps {
  private static final List<Step> TABLE = new ArrayList<>();

  static {
    often(9, Products::withWeight);
    often(3, Products::ofTwo);
    often(2, Products::withItself);
    often(2, Products::bilinear);
    often(1, Products::ofOne);
    often(5, Pointwise::unary);
    often(5, Pointwise::binary);
    often(3, Pointwise::reduce);
    often(1, Pointwise::softmax);
    often(2, Pointwise::normalize);
    often(1, Pointwise::rope);
    often(1, Pointwise::fromNothing);
    often(3, Masking::dropout);
    often(1, Masking::causal);
    often(1, Rearrangements::transpose);
    often(1, Rearrangements::rename);
    often(2, Rearrangements::split);
    often(2, Rearrangements::merge);
    often(1, Rearrangements::slice);
    often(1, Rearrangements::pad);
    often(1, Rearrangements::concat);
    often(1, Rearrangements::broadcast);
    often(3, Choices::lookup);
    often(1, Choices::pick);
    often(1, Choices::crossEntropy);
    often(1, Choices::oneHot);
    often(1, Choices::relative);
    often(1, Routing::choose);
    often(1, Routing::gather);
    often(1, Routing::scatter);
    often(2, Routing::mixture);
    often(3, Attending::attend);
    often(3, Loops::repeat);
  }

  private Steps() {}

  private static void often(int weight, Step step) {
    for (int i = 0; i < weight; i++) {
      TABLE.add(step);
    }
  }

  /** Takes some steps that apply. */
  static void grow(Draft draft, int count) {
    int taken = 0;
    for (int tried = 0; taken < count && tried < 20 * count; tried++) {
      taken += draft.one(TABLE).take(draft).isPresent() ? 1 : 0;
    }
  }
}
