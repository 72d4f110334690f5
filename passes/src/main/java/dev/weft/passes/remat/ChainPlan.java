package dev.weft.passes.remat;

import java.util.List;

/**
 * An execution of a chain.
 *
 * @param cost the sum of what its actions cost
 */
public record ChainPlan(double cost, List<ChainAction> actions) {
  public ChainPlan {
    actions = List.copyOf(actions);
  }
}
