package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.ProductFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRulesTest {
  private static SkipReason reason(String... changes) {
    return switch (RowRules.of(Tables.run(changes))) {
      case Skipped skipped -> skipped.reason();
      case RowCase found -> throw new AssertionError("priced: " + found);
    };
  }

  private static String knobs(String... changes) {
    return Tables.priced(changes).setting().knobs();
  }

  @Test
  void aMegatronRowIsUnderstood() {
    var found = Tables.priced();
    var setting = found.setting();
    assertThat(setting.knobs()).isEqualTo("dp=1,tp=8,sp,micro=1,remat=selective");
    assertThat(setting.architecture())
        .isEqualTo(
            new Architecture(
                Style.GPT,
                Feed.GELU,
                Head.TIED,
                new Sizes(48, 6144, 64, 64, 96, 24576, 51200, 2048)));
    assertThat(setting.precision()).isEqualTo(DType.F16);
    assertThat(setting.cluster()).isEqualTo("dgx-a100-80");
    assertThat(setting.nodeBandwidth()).hasValue(25e9);
    assertThat(setting.software()).isEqualTo("megatron-2022");
    assertThat(setting.isFused()).isFalse();
    assertThat(found.remarks()).isEmpty();
    assertThat(found.run().outcome().seconds()).hasValue(1.10);
  }

  @Test
  void aPipelineWithChunksAndReplicas() {
    var row =
        new String[] {
          "params_B",
          "530",
          "layers",
          "105",
          "hidden",
          "20480",
          "heads",
          "128",
          "ffn",
          "81920",
          "num_devices",
          "2240",
          "TP",
          "8",
          "PP",
          "35",
          "DP",
          "8",
          "VPP",
          "3",
          "global_batch",
          "2240",
          "micro_batch",
          "1",
          "schedule",
          "interleaved 1F1B",
        };
    assertThat(knobs(row)).isEqualTo("dp=8,tp=8,sp,pp=35,chunks=3,micro=280,remat=selective");
  }

  @ParameterizedTest
  @CsvSource({
    "1F1B, 2, '', pp=2",
    "gpipe, 2, '', 'pp=2,schedule=gpipe'",
    "ZB-1p, 2, 1, 'pp=2,schedule=zb-h1'",
    "ZB-2p, 2, 1, 'pp=2,schedule=zb-h2'",
    "ZB-V, 2, 2, 'pp=2,schedule=zb-v'",
    "interleaved 1F1B, 2, '', 'pp=2,chunks=2'",
    "1F1B-I, 5, max chunks, 'pp=5,chunks=10'",
  })
  void schedules(String schedule, String pipeline, String chunks, String expected) {
    int devices = 8 * Integer.parseInt(pipeline);
    assertThat(
            knobs("schedule", schedule, "PP", pipeline, "VPP", chunks, "num_devices", "" + devices))
        .contains("," + expected + ",micro");
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', '', 0",
    "1, '', '', 1",
    "'', '', true, 1",
    "2, '', false, 2",
    "'', yes, '', 3",
    "'', 64, '', 3",
    "3 over SP group, '', '', 3",
  })
  void optimizerSharding(String stage, String fsdp, String distributed, int level) {
    var run = Tables.run("zero_stage", stage, "fsdp", fsdp, "distributed_optimizer", distributed);
    assertThat(run.plan().zero()).isEqualTo(level);
  }

  @Test
  void inAPipelineGradientsAreReducedOnceAStep() {
    assertThat(knobs("zero_stage", "2", "PP", "2", "num_devices", "16")).contains("zero=1");
    assertThat(knobs("zero_stage", "2", "DP", "2", "num_devices", "16", "global_batch", "8"))
        .contains("zero=2");
  }

  @Test
  void theNumberOfParametersDecidesAboutTheHead() {
    var llama =
        new String[] {
          "model", "Llama-3.2-3B-like", "params_B", "3.98", "layers", "28", "hidden", "3072",
          "heads", "32", "ffn", "8192", "vocab", "131072", "flash_attention", "yes",
        };
    assertThat(Tables.priced(llama).setting().architecture().head()).isEqualTo(Head.UNTIED);
    llama[3] = "3.57";
    assertThat(Tables.priced(llama).setting().architecture().head()).isEqualTo(Head.TIED);
    assertThat(Tables.priced(llama).remarks()).isEmpty();
    llama[3] = "9";
    assertThat(Tables.priced(llama).remarks())
        .singleElement()
        .asString()
        .contains("3.57e9 parameters where the source says 9.00e9");
  }

  @Test
  void theNumberOfParametersDecidesAboutGates() {
    var plain = Tables.priced("model", "Yi 6B", "params_B", "22").setting().architecture();
    assertThat(plain.style()).isEqualTo(Style.LLAMA);
    assertThat(plain.feed()).isEqualTo(Feed.GELU);
  }

  @Test
  void sizesThatTensorParallelismDoesNotDivideArePadded() {
    var sizes = new Sizes(32, 4224, 33, 33, 128, 11008, 50257, 2048).paddedTo(8);
    assertThat(sizes.heads()).isEqualTo(40);
    assertThat(sizes.kvHeads()).isEqualTo(40);
    assertThat(sizes.vocab()).isEqualTo(51200);
    assertThat(new Sizes(2, 64, 16, 4, 4, 64, 64, 8).paddedTo(8).kvHeads()).isEqualTo(8);
    var fitting = new Sizes(2, 64, 16, 8, 4, 64, 64, 8);
    assertThat(fitting.paddedTo(8)).isEqualTo(fitting);
  }

  @ParameterizedTest
  @CsvSource({
    "megatron-lm, '', A100, megatron-2022",
    "Megatron-LM PTD-P, '', A100, megatron-2021",
    "Megatron-LM, MegaScale (2024), A100, megatron-2023",
    "MegaScale, MegaScale (2024), A100, megascale",
    "DeepSpeed ZeRO-3, Narayanan et al. 2021, A100, deepspeed",
    "NeMo/Megatron-Core (26.04 NeMo Container), '', B200, megatron-core-2025",
    "NeMo/Megatron-Core (NeMo 24.07), '', H100, megatron-core-2024",
    "'', somebody, Ascend 910B, mindspeed",
    "'', somebody, H100, megatron-core-2024",
    "'', somebody, A100, megatron-2022",
    "'', somebody 2024, A100, megatron-2023",
  })
  void softwareFollowsFromWords(String system, String source, String device, String software) {
    var run =
        Tables.run(
            "system",
            system,
            "source",
            source,
            "device",
            device,
            "device_key",
            "",
            "flash_attention",
            "");
    assertThat(SoftwareRule.of(run)).isEqualTo(software);
  }

  @ParameterizedTest
  @CsvSource({
    "after_pp_fix=False, 2, 16, nanotron-unmended",
    "after_pp_fix=False, 1, 16, nanotron",
    "after_pp_fix=False, 2, 8, nanotron",
    "after_pp_fix=True, 2, 16, nanotron",
  })
  void pipelinesOfNanotronWereMended(String notes, String pp, String devices, String software) {
    var run = Tables.run("system", "nanotron", "notes", notes, "PP", pp, "num_devices", devices);
    assertThat(SoftwareRule.of(run)).isEqualTo(software);
  }

  @ParameterizedTest
  @CsvSource({
    "A100-SXM4-80GB, a100-80, '', dgx-a100-80",
    "A100-SXM4-40GB, a100-80, '', dgx-a100-40",
    "A100-80GB-SXM, a100-80, 4x Omni-Path 100Gb/s per node (Jean-Zay), jean-zay-a100",
    "H100-SXM-80GB, h100, EFA 3200 Gb/s inter node, aws-p5",
    "GB200, gb200, NVL72, gb200-nvl72",
    "B200-180GB, b200, '', hgx-b200",
    "Ascend 910B (Atlas 900 A2 PODc), ascend-910b, '', atlas-900-910b",
    "'', v100-16, '', dgx-1-v100-16",
  })
  void clustersFollowFromDeviceAndSite(String device, String key, String network, String cluster) {
    var run = Tables.run("device", device, "device_key", key, "interconnect", network);
    assertThat(ClusterRule.of(run.machine())).hasValue(cluster);
  }

  @ParameterizedTest
  @CsvSource({
    "no, Megatron-LM, Somebody 2024, false",
    "yes (FA2), Megatron-LM, Somebody 2021, true",
    "'', Megatron-LM, Somebody 2024, true",
    "'', Megatron-LM, Somebody 2021, false",
    "'', Megatron-LM, Somebody, false",
    "'', nanotron, Somebody, true",
    "yes (memory), Megatron-LM + zero-bubble, Somebody 2024, false",
  })
  void attentionIsFusedAsTheRowSaysOrAsWasUsual(
      String said, String system, String source, boolean isFused) {
    var found = Tables.priced("flash_attention", said, "system", system, "source", source);
    assertThat(found.setting().isFused()).isEqualTo(isFused);
  }

  @ParameterizedTest
  @CsvSource({
    "bf16, TRAINING",
    "fp16/bf16 (mixed), TRAINING",
    "fp8, EIGHT_BITS",
    "mxfp8, EIGHT_BITS",
    "FP8-subchannel/mx, EIGHT_BITS",
    "nvfp4, FOUR_BITS"
  })
  void productsHaveTheFormatOfTheRow(String dtype, ProductFormat format) {
    assertThat(Tables.priced("dtype", dtype).setting().products()).isEqualTo(format);
  }

  @Test
  void whatTheCompilerLacksIsCountedByItself() {
    assertThat(reason("kv_heads", "MLA")).isEqualTo(SkipReason.LATENT_ATTENTION);
    assertThat(reason("CP", "2")).isEqualTo(SkipReason.CONTEXT_PARALLEL);
    assertThat(reason("SP_ulysses", "2")).isEqualTo(SkipReason.ULYSSES);
    assertThat(reason("dtype", "int8")).isEqualTo(SkipReason.OTHER_FORMAT);
    assertThat(reason("phase", "lora")).isEqualTo(SkipReason.ADAPTERS);
    assertThat(SkipReason.ULYSSES.blame()).isEqualTo(SkipReason.Blame.COMPILER);
  }

  @Test
  void whatARowLacksIsSaid() {
    assertThat(reason("layers", "")).isEqualTo(SkipReason.INCOMPLETE);
    assertThat(reason("experts", "8")).isEqualTo(SkipReason.INCOMPLETE);
    assertThat(reason("EP", "8")).isEqualTo(SkipReason.INCOMPLETE);
    assertThat(reason("iteration_time_s", "")).isEqualTo(SkipReason.NO_RESULT);
    assertThat(reason("phase", "attention fwd only")).isEqualTo(SkipReason.NOT_A_STEP);
    assertThat(reason("num_devices", "12")).isEqualTo(SkipReason.CONTRADICTION);
    assertThat(reason("global_batch", "6")).isEqualTo(SkipReason.CONTRADICTION);
    assertThat(reason("recompute", "custom")).isEqualTo(SkipReason.UNKNOWN_PLAN);
    assertThat(reason("device", "abacus", "device_key", "")).isEqualTo(SkipReason.UNKNOWN_DEVICE);
    assertThat(reason("interconnect", "P2P disabled")).isEqualTo(SkipReason.DEGRADED);
  }

  @Test
  void absentReplicasFollowFromTheOtherDegrees() {
    assertThat(knobs("DP", "", "num_devices", "32", "global_batch", "16")).startsWith("dp=4,tp=8");
  }

  @ParameterizedTest
  @CsvSource({
    "samples_per_s, 2, '', 2.0",
    "tokens_per_s_per_device, 512, '', 2.0",
    "tflops_per_device, 100, model, 1.406",
    "tflops_per_device, 100, model (causal), 1.379",
  })
  void aTimeFollowsFromRates(String column, String rate, String kind, double seconds) {
    var run = Tables.run("iteration_time_s", "", column, rate, "tflops_kind", kind);
    assertThat(run.outcome().seconds().orElseThrow()).isCloseTo(seconds, within(0.02));
  }

  @Test
  void operationsOfRecomputationAreThoseOfTheSource() {
    var model =
        Tables.run(
            "iteration_time_s",
            "",
            "tflops_per_device",
            "100",
            "recompute",
            "full",
            "tflops_kind",
            "model");
    var hardware =
        Tables.run(
            "iteration_time_s",
            "",
            "tflops_per_device",
            "100",
            "recompute",
            "full",
            "tflops_kind",
            "hardware (incl. recompute)");
    assertThat(hardware.outcome().seconds().orElseThrow() / model.outcome().seconds().orElseThrow())
        .isCloseTo(4.0 / 3, within(1e-12));
  }

  @Test
  void aFailureHasNoTime() {
    var run = Tables.run("quality", "OOM", "peak_memory_GB", "OOM(>80)");
    assertThat(run.outcome().isOutOfMemory()).isTrue();
    assertThat(run.outcome().seconds()).isEmpty();
    assertThat(RowRules.of(run)).isInstanceOf(RowCase.class);
  }

  @Test
  void theHostHoldsWhatTheNotesSay() {
    assertThat(knobs("notes", "optimizer states offloaded to CPU")).endsWith("offload=optimizer");
    assertThat(knobs("system", "Megatron + weight offload")).endsWith("offload=params");
  }
}
