package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.source.Source;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of models with experts, most of them as they stand in the table of published runs. */
class ExpertRowsTest {
  private static final String HEADER =
      "id,system,model,params_B,layers,hidden,heads,kv_heads,head_dim,ffn,vocab,seq_len,experts,topk,"
          + "device,num_devices,TP,PP,DP,EP,ETP,VPP,zero_stage,distributed_optimizer,global_batch,"
          + "micro_batch,sequence_parallel,iteration_time_s,quality,notes\n";

  private static final String QWEN3 =
      "nemo-0151,NeMo 26.04,Qwen3_235B_a22B,235,94,4096,64,4,128,1536,151936,4096,128,8,"
          + "H100-80GB-SXM,256,2,8,16,32,,4,,true,8192,1,,77.7,A,";

  private static final String ZOO =
      "moe-0005,Megatron-Core MoE,Qwen3-235B,235,94,4096,64,4,128,1536,151936,4096,128,8,"
          + "H100-80GB-SXM,256,4,8,8,8,1,4,,,2048,1,true,29.0,A,dispatcher DeepEP; ";

  private static final String OSS =
      "nemo-0142,NeMo 26.04,GPT OSS 120B,117,36,2880,64,8,64,2880,201088,4096,128,4,"
          + "H100-80GB-SXM,64,1,4,16,8,,1,,true,1280,1,,14.1,A,";

  private static final String QWEN2 =
      "fold-0008,\"Megatron-Core, TP + EP + DP\",Qwen2-57B-A14B,57,28,3584,28,4,128,"
          + "\"2560 moe, 20480 shared\",151936,4096,64,8,H100,64,4,1,16,4,,,1,,256,,yes,6.247,B,"
          + "\"token-drop training, capacity factor 1, balanced\"";

  private static final String MIXTRAL =
      "fold-0004,\"Megatron-Core, MCore\",Mixtral-8x22B,141,56,6144,48,8,128,16384,32000,4096,8,2,"
          + "H100,128,2,8,8,4,,,,,256,,yes,4.482,B,";

  private static PublishedRun run(String row) {
    var table = CsvTable.read(new Source("runs.csv", HEADER + row + "\n")).orThrow();
    return PublishedRun.of(table.rows().getFirst());
  }

  private static RowCase priced(String row) {
    return switch (RowRules.assuming(run(row))) {
      case RowCase found -> found;
      case Skipped skipped -> throw new AssertionError(skipped.toString());
    };
  }

  private static Skipped skipped(String row) {
    return switch (RowRules.of(run(row))) {
      case Skipped skipped -> skipped;
      case RowCase found -> throw new AssertionError(found.toString());
    };
  }

  private static String knobs(String row) {
    return priced(row).setting().knobs();
  }

  @Test
  void expertsLieAmongReplicas() {
    assertThat(knobs(OSS)).isEqualTo("dp=16,tp=1,ep=8,pp=4,micro=80,zero=1,remat=none");
    assertThat(knobs(MIXTRAL)).isEqualTo("dp=8,tp=2,sp,ep=4,pp=8,micro=32,remat=none");
  }

  /** Thirty-two devices among sixteen replicas: with whole experts alone. */
  @Test
  void whereExpertsCannotBeCutTheyAreWhole() {
    assertThat(knobs(QWEN3)).startsWith("dp=16,tp=2,sp,ep=32,etp=1,pp=8,chunks=4,");
  }

  @Test
  void whatTheRowSaysOfTheCutHolds() {
    assertThat(knobs(ZOO)).startsWith("dp=8,tp=4,sp,ep=8,etp=1,");
    assertThat(knobs(ZOO.replace(",8,8,1,4,", ",8,8,4,4,"))).startsWith("dp=8,tp=4,sp,ep=8,pp");
    assertThat(skipped(ZOO.replace(",8,8,1,4,", ",8,8,2,4,")).reason())
        .isEqualTo(SkipReason.EXPERTS);
  }

  @Test
  void oneDeviceHasAllExperts() {
    assertThat(knobs(MIXTRAL.replace(",2,8,8,4,", ",2,8,8,1,"))).startsWith("dp=8,tp=2,sp,pp=8");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 24, 3})
  void aStageHasRoomForTheExperts(int spread) {
    var row = skipped(QWEN3.replace(",2,8,16,32,", ",2,8,16," + spread + ","));
    assertThat(row.reason()).isEqualTo(SkipReason.CONTRADICTION);
    assertThat(row.detail()).isEqualTo("EP=" + spread + " does not divide the devices of a stage");
  }

  /** Megatron-Core spreads whole experts over a part of a tensor-parallel group. */
  @Test
  void degreesThatWeftHasNoFormFor() {
    var row = skipped(ZOO.replace(",4,8,8,8,1,", ",4,8,8,2,1,"));
    assertThat(row.reason()).isEqualTo(SkipReason.EXPERTS);
    assertThat(row.detail()).isEqualTo("EP=2 with TP=4 and DP=8");
  }

  @Test
  void expertsTakeEqualShares() {
    assertThat(skipped(OSS.replace(",4096,128,4,", ",4096,96,4,")).reason())
        .isEqualTo(SkipReason.EXPERTS);
    assertThat(skipped(OSS.replace(",14.1,A,", ",14.1,A,capacity factor 1.25")).detail())
        .isEqualTo("capacity factor 1.25");
  }

  @Test
  void sizesGiveThePublishedNumberOfParameters() {
    for (var row : new String[] {QWEN3, ZOO, OSS, QWEN2, MIXTRAL}) {
      var found = priced(row);
      double published = found.run().model().parameters().orElseThrow();
      assertThat(found.setting().architecture().deviation(published))
          .as(found.run().name())
          .isLessThan(0.01);
    }
  }

  @Test
  void aSharedNetworkLiesBesideTheExperts() {
    var architecture = priced(QWEN2).setting().architecture();
    assertThat(architecture.feed()).isEqualTo(Feed.EXPERTS_SHARED);
    assertThat(architecture.sizes().ffn()).isEqualTo(2560);
    assertThat(architecture.sizes().experts()).hasValue(new Experts(64, 8, 20480));
  }

  @ParameterizedTest
  @CsvSource({
    "1536, 1536, , , ",
    "'2560 moe, 20480 shared', , , 2560, 20480",
    "18432 dense/2048 moe, , 18432, 2048, ",
    "2048 moe (memory), , , 2048, ",
    "'', , , , ",
  })
  void wordsSayWhoseSizeItIs(String cell, Long only, Long dense, Long expert, Long shared) {
    assertThat(RunFeed.of(cell))
        .isEqualTo(new RunFeed(size(only), size(dense), size(expert), size(shared)));
  }

  private static OptionalLong size(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  @Test
  void oneSequenceIsAssumedWhereNothingElseIsMissing() {
    assertThat(RowRules.of(run(MIXTRAL))).isInstanceOf(Skipped.class);
    assertThat(priced(MIXTRAL).remarks()).containsExactly("micro-batch assumed to be 1");
    assertThat(RowRules.assuming(run(MIXTRAL.replace(",32000,4096,", ",32000,,"))))
        .isInstanceOf(Skipped.class);
  }

  @Test
  void whatDropsTokensWorksAsIfItDidNot() {
    assertThat(priced(OSS.replace("GPT OSS 120B", "GPT OSS 120B (tokendrop)")).remarks())
        .containsExactly("capacity factor assumed to be 1");
    assertThat(priced(QWEN2).remarks()).containsExactly("micro-batch assumed to be 1");
  }

  @Test
  void latentAttentionIsWhatKeepsDeepSeekOut() {
    assertThat(skipped(OSS.replace(",64,8,64,", ",64,MLA,64,")).reason())
        .isEqualTo(SkipReason.LATENT_ATTENTION);
  }

  @Test
  void ratesCountTheParametersThatATokenMeets() {
    var cells =
        Tables.run("experts", "8", "topk", "2", "iteration_time_s", "", "tflops_per_device", "100");
    assertThat(cells.outcome().seconds()).isEmpty();
    var active =
        Tables.run(
            "experts",
            "8",
            "topk",
            "2",
            "iteration_time_s",
            "",
            "tflops_per_device",
            "100",
            "active_params_B",
            "22");
    assertThat(active.outcome().seconds().orElseThrow()).isCloseTo(1.406, within(0.02));
  }
}
