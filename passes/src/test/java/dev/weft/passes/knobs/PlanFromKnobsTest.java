package dev.weft.passes.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Note;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.core.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanFromKnobsTest {
  private static final List<String> EP = List.of("ep");

  /** Four maps side by side, each for its own part of what flows. */
  private static final Function MIXTURE =
      Programs.function(
          """
          mesh []

          func @model(
            %w: f64[experts=4, from=3, to=6] weight("w", normal 1.0),
            %x: f64[batch=8, seq=6, from=3] data("x"),
            %p: f64[batch=8, seq=6, gate=4] data("p")
          ) {
            %ids = nonzero %p {axis=seq, slots=slots=2} : i32[batch=8, slots=2, gate=4]
            %y = gather %x, %ids {axis=seq} : f64[batch=8, slots=2, gate=4, from=3]
            %e = rename %y {from=gate, to=experts} : f64[batch=8, slots=2, experts=4, from=3]
            %z = contract %e, %w {axes=[experts, batch, slots, to]} : f64[experts=4, batch=8, slots=2, to=6]
            %l = reduce %z {function=sum, axes=[experts, batch, slots, to], count=384} : f64[]
            return loss("loss") %l
          }
          """);

  private static final String MICRO_OR_REPLICAS =
      "for batch 8 the nearest legal value is micro=2 or dp=2";

  @Test
  void degreesFindTheirAxesByWhatTheAxesDo() {
    var plan = plan(new Knobs(2, 2, true, 2, 1)).orThrow();
    assertThat(plan.shard().stream().map(AxisRule::axis))
        .containsExactly("batch", "ffn", "vocab", "seq");
    assertThat(plan.shard().getLast().scope()).isEqualTo(Scope.ACTIVATIONS);
    assertThat(plan.mesh().devices()).isEqualTo(4);
    assertThat(plan.optimizerSharding().over()).containsExactly("dp");
  }

  @Test
  void aTableOfPositionsIsNoVocabulary() {
    var plan = plan(new Knobs(1, 4, false, 1, 0)).orThrow();
    assertThat(plan.shard().stream().map(AxisRule::axis)).doesNotContain("positions");
  }

  @Test
  void aSmallVocabularyStaysWhole() {
    var plan = plan(new Knobs(1, 32, false, 1, 0)).orThrow();
    assertThat(plan.shard().stream().map(AxisRule::axis)).containsExactly("ffn");
  }

  @Test
  void anIndivisibleAxisIsRefusedWithTheLegalDegrees() {
    var refused = plan(new Knobs(1, 3, false, 1, 0));
    assertThat(refused.hasErrors()).isTrue();
    assertThat(refused.diagnostics())
        .anySatisfy(
            d -> {
              assertThat(d.code()).isEqualTo(KnobCode.TENSOR_INDIVISIBLE);
              assertThat(d.message()).contains("`ffn` of size 32", "tp=3", "1, 2, 4, 8, 16, 32");
            })
        .anySatisfy(d -> assertThat(d.code()).isEqualTo(KnobCode.VOCABULARY_WHOLE));
  }

  @Test
  void theBatchMustBeDivisibleByReplicasTimesMicroBatches() {
    var refused = plan(new Knobs(4, 1, false, 4, 0));
    assertThat(refused.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.BATCH_INDIVISIBLE))
        .satisfies(d -> assertThat(d.message()).contains("batch 8", "nearest legal batch is 16"))
        .satisfies(d -> assertThat(notes(d)).containsExactly(MICRO_OR_REPLICAS));
  }

  @Test
  void whereNeitherReplicasNorMicroBatchesAloneDivideOnlyAnotherBatchHelps() {
    assertThat(plan(new Knobs(3, 1, false, 5, 0)).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("nearest legal batch is 15"))
        .satisfies(d -> assertThat(d.notes()).isEmpty());
  }

  @Test
  void theNearestReplicasGoWithTheSharesAmongThem() {
    var knobs = KnobsParser.parse(new Source("--plan", "dp=24,zero=1,hybrid=4")).orThrow();
    assertThat(plan(knobs).diagnostics())
        .singleElement()
        .satisfies(
            d ->
                assertThat(notes(d))
                    .containsExactly("for batch 8 the nearest legal value is dp=8"));
  }

  @Test
  void piecesMayBeMoreThanAnyBatchHas() {
    assertThat(plan(new Knobs(1 << 16, 1, false, 1 << 16, 0)).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("nearest legal batch is 4294967296"));
  }

  @Test
  void sequenceParallelismNeedsADivisibleSequence() {
    var refused = plan(new Knobs(1, 8, true, 1, 0));
    assertThat(refused.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.SEQUENCE_INDIVISIBLE));
  }

  @Test
  void tensorParallelismNeedsSomethingToCut() {
    var model =
        Programs.onBatch(
            """
              %y = mul %x, %w : f64[batch=8, d=4]
              %l = reduce %y {function=mean, axes=[batch, d], count=32} : f64[]
            """,
            "l");
    var refused = PlanFromKnobs.make(new Knobs(1, 2, false, 1, 0), model, "batch", Span.NONE);
    assertThat(refused.diagnostics().stream().map(d -> d.code()))
        .containsExactly(KnobCode.NOTHING_TO_CUT);
  }

  @Test
  void expertsLieAmongReplicasAndComeBeforeTheBatch() {
    var plan = plan("dp=4,ep=2,zero=1", MIXTURE).orThrow();
    assertThat(plan.mesh().axes())
        .extracting(Object::toString)
        .containsExactly("dp=2", "ep=2", "tp=1");
    assertThat(plan.shard()).extracting(AxisRule::axis).containsExactly("experts", "batch");
    assertThat(plan.shard()).extracting(AxisRule::over).containsExactly(EP, List.of("dp", "ep"));
    assertThat(plan.optimizerSharding().over()).containsExactly("dp", "ep");
    assertThat(plan.tiedReplicas()).containsExactly("ep");
    assertThat(plan.freeReplicas()).containsExactly("dp");
  }

  @Test
  void wholeExpertsLieAmongTheDevicesOfAReplicaFirst() {
    var plan = plan("dp=2,tp=2,ep=4,etp=1", MIXTURE).orThrow();
    assertThat(plan.shard().getFirst().over()).containsExactly("tp", "ep");
  }

  @Test
  void expertsThatAreNotThereOrDoNotDivideAreRefused() {
    assertThat(plan("dp=2,ep=2", Programs.function(Programs.MLP)).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(KnobCode.NO_EXPERTS);
    assertThat(plan("dp=8,ep=8", MIXTURE).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.EXPERTS_INDIVISIBLE))
        .satisfies(
            d ->
                assertThat(d.message())
                    .isEqualTo(
                        "axis `experts` of size 4 is not divisible by ep=8; legal degrees are 1, 2, 4"));
  }

  @Test
  void expertsAreCounted() {
    assertThat(PlanFromKnobs.experts(MIXTURE, "batch")).isEqualTo(4);
    assertThat(PlanFromKnobs.experts(Programs.function(Programs.MLP), "batch")).isEqualTo(1);
  }

  private static Checked<Plan> plan(String knobs, Function model) {
    var read = KnobsParser.parse(new Source("--plan", knobs)).orThrow();
    return PlanFromKnobs.make(read, model, "batch", Span.NONE);
  }

  private static Checked<Plan> plan(Knobs knobs) {
    return PlanFromKnobs.make(knobs, Programs.function(Programs.MLP), "batch", Span.NONE);
  }

  private static List<String> notes(Diagnostic diagnostic) {
    return diagnostic.notes().stream().map(Note::message).toList();
  }
}
