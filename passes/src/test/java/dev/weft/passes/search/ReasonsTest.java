package dev.weft.passes.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Source;
import dev.weft.passes.simulate.StepPrice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static PricedPlan plan(double seconds, long size, String knobs) {
    var parsed = KnobsParser.parse(new Source("knobs", knobs)).orThrow();
    var price = new StepPrice(seconds, List.of(), 1, 1, 1, 1, 1);
    return new PricedPlan(parsed, size, Plan.SERIAL, price);
  }

  private static List<PricedPlan> ranks() {
    return List.of(
        plan(10, 1, "pp=2,schedule=zb-h1,chunks=1,dp=2,tp=2,sp,micro=8,zero=1"),
        plan(10.01, 1, "pp=2,schedule=zb-h1,chunks=2,dp=2,tp=2,sp,micro=8,zero=1"),
        plan(10.25, 2, "pp=2,schedule=1f1b,chunks=1,dp=2,tp=2,sp,micro=4,zero=1"),
        plan(11, 1, "dp=4,tp=2,sp,micro=4,remat=selective,offload=optimizer+activations"));
  }

  /** A plan without a pipeline has no other order of work, and says nothing of it. */
  @Test
  void everyKnobIsComparedWithTheBestOfItsOtherValues() {
    assertThat(Reasons.of(ranks()))
        .containsExactly(
            "pp=2; pp=1 is 10.0 % slower at best",
            "schedule=zb-h1; schedule=1f1b is 2.5 % slower at best",
            "chunks=1; chunks=2 is 0.1 % slower at best",
            "dp=2; dp=4 is 10.0 % slower at best",
            "micro-batches of 1; micro-batches of 2 is 2.5 % slower at best",
            "remat=none; remat=selective is 10.0 % slower at best",
            "zero=1; zero=0 is 10.0 % slower at best",
            "no offload; offload=optimizer+activations is 10.0 % slower at best",
            "tp=2, sp; nothing else that is legal fits");
  }

  /** Where all ranks are taken, others may fit; nothing is said that is not known. */
  @Test
  void whatHasNoRankIsNoFasterThanTheLast() {
    var many = new ArrayList<PricedPlan>();
    for (int rank = 0; rank < Search.RANKS; rank++) {
      many.add(plan(10 + 0.0259 * rank, 1, "dp=" + (1 << rank)));
    }
    assertThat(Reasons.of(many))
        .containsExactly(
            "dp=1; dp=2 is 0.3 % slower at best",
            "pp=1, tp=1, sp=false, micro-batches of 1, remat=none, zero=0, no offload; anything"
                + " else is at least 2.3 % slower or does not fit");
  }

  @Test
  void whatTakesAsLongIsHardlySlower() {
    var alike = new ArrayList<PricedPlan>();
    for (int rank = 0; rank < Search.RANKS; rank++) {
      alike.add(plan(10, 1, "dp=2,zero=" + rank % 2));
    }
    assertThat(Reasons.of(alike)).first().isEqualTo("zero=0; zero=1 is hardly slower at best");
    assertThat(Reasons.of(alike))
        .last()
        .asString()
        .endsWith("; anything else is no faster or does not fit");
  }

  @Test
  void theBestPlanSaysWhyAndTheOthersDoNot() {
    var explained = Reasons.explained(ranks());
    assertThat(explained.getFirst().plan().why()).isEqualTo(Reasons.of(ranks()));
    assertThat(explained.subList(1, 4)).isEqualTo(ranks().subList(1, 4));
    assertThat(Reasons.explained(List.of())).isEmpty();
  }
}
