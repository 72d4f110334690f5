package dev.weft.passes.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.core.Programs;
import dev.weft.passes.schedule.ScheduleCode;
import dev.weft.passes.schedule.TableCells;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFromKnobsTest {
  /** Two repeats in sequence, of {@code encoder} and {@code decoder} layers. */
  private static final String TWO_REPEATS =
      """
      mesh []

      func @model(
        %w: f64[encoders=3, d=4] weight("w", normal 0.02),
        %v: f64[decoders=5, d=4] weight("v", normal 0.02),
        %x: f64[batch=8, d=4] data("x")
      ) {
        %y = repeat %x;; %w {label=encoder, axis=encoders=3, direction=forward} (
          %a: f64[batch=8, d=4],
          %u: f64[d=4]
        ) {
          %b = mul %a, %u : f64[batch=8, d=4]
          yield %b
        } : f64[batch=8, d=4]
        %z = repeat %y;; %v {label=decoder, axis=decoders=5, direction=forward} (
          %a2: f64[batch=8, d=4],
          %u2: f64[d=4]
        ) {
          %b2 = mul %a2, %u2 : f64[batch=8, d=4]
          yield %b2
        } : f64[batch=8, d=4]
        %l = reduce %z {function=mean, axes=[batch, d], count=32} : f64[]
        return loss("loss") %l
      }
      """;

  @Test
  void layersAreSharedEvenly() {
    var pipeline = pipeline("pp=2,micro=4");
    assertThat(pipeline.over()).isEqualTo("pp");
    assertThat(pipeline.stages())
        .containsExactly(
            new StagePlan(0, Map.of("blocks", 2)), new StagePlan(1, Map.of("blocks", 2)));
    assertThat(pipeline.schedule()).isEqualTo(new SchedulePlan.Named(ScheduleKind.ONE_F_ONE_B));
  }

  @Test
  void whatDoesNotDivideGoesToTheMiddle() {
    assertThat(layers(plan("pp=3,micro=4", Programs.MLP)))
        .containsExactly(Map.of("blocks", 1), Map.of("blocks", 2), Map.of("blocks", 1));
  }

  @ParameterizedTest
  @CsvSource({"'pp=5', 1 1 1 1 0", "'pp=6', 0 1 1 1 1 0", "'pp=2,chunks=3', 0 1 1 1 1 0"})
  void headAndEmbeddingCanBeStages(String knobs, String counts) {
    assertThat(
            pipeline(knobs).stages().stream()
                .map(s -> Integer.toString(s.layers().getOrDefault("blocks", 0))))
        .containsExactly(counts.split(" "));
  }

  /** Nothing with weights precedes the layers of this model: only its end can be a stage. */
  @Test
  void whatHasNoWeightsIsNoStage() {
    assertThat(plan("pp=9,micro=4", TWO_REPEATS).value()).isPresent();
    assertThat(plan("pp=10,micro=4", TWO_REPEATS).value()).isEmpty();
  }

  @Test
  void severalRepeatsAreCutAsOneSequence() {
    assertThat(layers(plan("pp=4,micro=4", TWO_REPEATS)))
        .containsExactly(
            Map.of("encoder", 2),
            Map.of("encoder", 1, "decoder", 1),
            Map.of("decoder", 2),
            Map.of("decoder", 2));
  }

  /** The layers of {@link Programs#MLP} do 70,000 flops each, its head 280,000. */
  @ParameterizedTest
  @CsvSource({
    "'pp=2,speed=1/1', 3 1",
    "'pp=2,speed=1/6', 1 3",
    "'pp=2,speed=1/2.5', 2 2",
    "'pp=3,speed=1/1/9', 1 1 2",
    "'pp=2,chunks=2,speed=1/1', 1 1 1 1",
    "'pp=2,speed=8/1,memory=200kB/200kB', 3 1",
    "'pp=2,speed=8/1,memory=50000/200kB', 2 2",
  })
  void layersAreSharedBySpeedAndMemory(String knobs, String counts) {
    assertThat(
            pipeline(knobs).stages().stream()
                .map(s -> Integer.toString(s.layers().values().iterator().next())))
        .containsExactly(counts.split(" "));
  }

  @Test
  void gradientsAndStateNeedMemoryToo() {
    var model = Programs.function(Programs.MLP);
    var knobs = KnobsParser.parse(new Source("--plan", "pp=2,memory=54000/54000")).orThrow();
    assertThat(PlanFromKnobs.make(knobs, model, "batch", Span.NONE).value()).isPresent();
    var adam = new OptimizerSpec.Adam(1e-3, 0.9, 0.99, 1e-8, 0, AdamUpdate.Decay.DECOUPLED);
    assertThat(PlanFromKnobs.make(knobs, model, "batch", adam, Span.NONE).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.PLACE_MEMORY));
  }

  /** Each is the least: with one byte less they would not fit. */
  @ParameterizedTest
  @ValueSource(strings = {"pp=2,memory=1kB/1kB", "pp=3,speed=1/2/3,memory=9000/40kB/1kB"})
  void theNearestLegalMemoryFits(String knobs) {
    var message = plan(knobs, Programs.MLP).diagnostics().getFirst().message();
    var legal = message.substring(message.lastIndexOf("memory="));
    var degree = knobs.substring(0, knobs.indexOf(',') + 1);
    assertThat(plan(degree + legal, Programs.MLP).value()).isPresent();
    var less =
        Arrays.stream(legal.substring("memory=".length()).split("/"))
            .map(limit -> Long.toString(Long.parseLong(limit) - 1))
            .collect(Collectors.joining("/"));
    assertThat(plan(degree + "memory=" + less, Programs.MLP).value()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pp=2,chunks=2|INTERLEAVED|0 1 0 1",
        "pp=2,schedule=interleaved|INTERLEAVED|0 1 0 1",
        "pp=2,schedule=zb-h1|ZB_H1|0 1",
        "pp=2,schedule=zb-v|ZB_V|0 1 1 0",
        "pp=2,chunks=2,schedule=dualpipe-v|DUALPIPE_V|0 1 1 0",
        "pp=4,schedule=gpipe|GPIPE|0 1 2 3",
      })
  void stagesLieAsTheScheduleSays(String knobs, ScheduleKind kind, String devices) {
    var pipeline = pipeline(knobs);
    assertThat(pipeline.schedule()).isEqualTo(new SchedulePlan.Named(kind));
    assertThat(pipeline.stages().stream().map(s -> Integer.toString(s.device())))
        .containsExactly(devices.split(" "));
  }

  @Test
  void theMeshHasThePipelineOutermost() {
    var plan = plan("pp=2,dp=4,tp=2,zero=3,hybrid=2", Programs.MLP).orThrow();
    assertThat(plan.mesh().toString()).isEqualTo("[pp=2, dp=2, shard=2, tp=2]");
    assertThat(plan.optimizerSharding())
        .isEqualTo(new OptimizerSharding(3, List.of("shard"), List.of("dp")));
    assertThat(plan.shard().getFirst().over()).containsExactly("dp", "shard");
  }

  @Test
  void withoutAPipelineNothingIsNew() {
    var plan = plan("dp=2,tp=2,zero=1", Programs.MLP).orThrow();
    assertThat(plan.mesh().toString()).isEqualTo("[dp=2, tp=2]");
    assertThat(plan.pipeline()).isEmpty();
    assertThat(plan.optimizerSharding()).isEqualTo(new OptimizerSharding(1, List.of("dp")));
  }

  @Test
  void policiesAreHandedOn() {
    var plan = plan("remat=budget:1MiB,offload=params+activations", Programs.MLP).orThrow();
    assertThat(plan.remat()).isEqualTo(new RematPlan.Budget(1 << 20));
    assertThat(plan.offload()).containsExactly(Offload.PARAMS, Offload.ACTIVATIONS);
  }

  @Test
  void aTableSaysWhereItsStagesLie() {
    var table = "# turned round\n1F0 1B0\n0F0,0B0\n";
    var pipeline = tabled("pp=2", table).orThrow().pipeline().orElseThrow();
    assertThat(pipeline.stages().stream().map(StagePlan::device)).containsExactly(1, 0);
    assertThat(pipeline.schedule())
        .isEqualTo(new SchedulePlan.Table(List.of("1F0 1B0", "0F0 0B0")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pp=8|TOO_MANY_STAGES|8 stages for 4 layers (blocks 4); the nearest legal value is pp=6",
        "pp=2,chunks=4|TOO_MANY_STAGES|the nearest legal value is chunks=3",
        "pp=2,chunks=3,speed=1/1|TOO_MANY_STAGES|the nearest legal value is chunks=2",
        "pp=4,schedule=zb-v|TOO_MANY_STAGES|the nearest legal value is pp=3",
        "pp=2,schedule=never-read.txt|SCHEDULE_FILE|never-read.txt has not been read",
        "pp=2,memory=1kB/1MB|PLACE_MEMORY|do not fit memory=1000/1000000; the nearest legal",
      })
  void refuses(String knobs, KnobCode code, String message) {
    var refused = plan(knobs, Programs.MLP);
    assertThat(refused.value()).isEmpty();
    assertThat(refused.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(code))
        .satisfies(d -> assertThat(d.message()).contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pp=2,chunks=2,schedule=1f1b|the nearest legal value is chunks=1",
        "pp=2,chunks=3,schedule=zb-v|puts 2 stages on each device, not 3",
        "pp=2,chunks=1,schedule=dualpipe-v|the nearest legal value is chunks=2",
      })
  void refusesChunks(String knobs, String message) {
    assertThat(plan(knobs, Programs.MLP).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(ScheduleCode.CHUNKS))
        .satisfies(d -> assertThat(d.message()).contains(message));
  }

  @Test
  void refusesTablesThatDoNotFit() {
    assertThat(tabled("pp=3", "0F0 0B0\n1F0 1B0").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.SCHEDULE_FILE))
        .satisfies(d -> assertThat(d.message()).contains("nearest legal value is pp=2"));
    assertThat(tabled("pp=2", "0F0 0B0\n2F0 2B0").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("no work of stage 1"));
    assertThat(tabled("pp=2,chunks=2", "0F0 0B0\n1F0 1B0").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("nearest legal value is chunks=1"));
  }

  @Test
  void aModelWithoutRepeatsHasNoLayersToCut() {
    var model =
        Programs.onBatch(
            """
              %y = mul %x, %w : f64[batch=8, d=4]
              %l = reduce %y {function=mean, axes=[batch, d], count=32} : f64[]
            """,
            "l");
    var knobs = KnobsParser.parse(new Source("--plan", "pp=2")).orThrow();
    var refused = PlanFromKnobs.make(knobs, model, "batch", Span.NONE);
    assertThat(refused.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(KnobCode.NO_LAYERS));
  }

  private static Stream<Map<String, Integer>> layers(Checked<Plan> plan) {
    return plan.orThrow().pipeline().orElseThrow().stages().stream().map(StagePlan::layers);
  }

  private static PipelinePlan pipeline(String knobs) {
    return plan(knobs, Programs.MLP).orThrow().pipeline().orElseThrow();
  }

  private static Checked<Plan> plan(String knobs, String model) {
    return KnobsParser.parse(new Source("--plan", knobs))
        .then(k -> PlanFromKnobs.make(k, Programs.function(model), "batch", Span.NONE));
  }

  private static Checked<Plan> tabled(String knobs, String table) {
    var model = Programs.function(Programs.MLP);
    return KnobsParser.parse(new Source("--plan", knobs + ",schedule=t.txt"))
        .map(k -> k.withPipeline(k.pipeline().with(TableCells.table(new Source("t.txt", table)))))
        .then(k -> PlanFromKnobs.make(k, model, "batch", Span.NONE));
  }
}
