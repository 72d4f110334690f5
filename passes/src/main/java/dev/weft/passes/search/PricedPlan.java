package dev.weft.passes.search;

import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.simulate.StepPrice;

/**
 * A plan and what a step takes under it.
 *
 * @param knobs that mean the plan
 * @param size examples of one micro-batch of one replica
 */
public record PricedPlan(Knobs knobs, long size, Plan plan, StepPrice price) {}
