package dev.weft.testsuite.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.workload.Exchange;
import dev.weft.passes.workload.Load;
import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPT of two layers: h = 256, a = 4 heads, s = 128, b = 2 sequences, v = 512, 16 bits. */
class WorkloadTest {
  private static final long H = 256;
  private static final long HEADS = 4;
  private static final long S = 128;
  private static final long B = 2;
  private static final long V = 512;
  private static final int LAYERS = 2;
  private static final Options SIZES =
      Options.NONE
          .with("layers", Integer.toString(LAYERS))
          .with("heads", Long.toString(HEADS))
          .with("model", Long.toString(H))
          .with("vocab", Long.toString(V))
          .with("positions", Long.toString(S))
          .with("batch", Long.toString(B))
          .with("seq", Long.toString(S))
          .with(DType.BF16);

  private static Source example(String name) {
    var path = Path.of(System.getProperty("weft.root"), "examples", name + ".weft");
    try {
      return new Source(name, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Workload of(String knobs) {
    var plan = plan("gpt2", SIZES, knobs);
    return ModelWorkloads.of(example("gpt2"), SIZES).then(w -> w.of(plan)).orThrow();
  }

  private static Section layer(Workload load) {
    return load.sections().stream().filter(Section::isRepeat).findFirst().orElseThrow();
  }

  private static List<Gemm> products(Load load) {
    return load.kernels().stream().filter(k -> k instanceof Gemm).map(k -> (Gemm) k).toList();
  }

  private static List<CollectiveKind> collectives(Load load) {
    return load.exchanges().stream().map(Exchange::kind).sorted().toList();
  }

  @Test
  void aLayerHasFourProductsForwardAndTwiceAsManyBackward() {
    var layer = layer(of("tp=1"));
    assertThat(products(layer.forward()))
        .extracting(g -> g.n() + "x" + g.k())
        .containsExactlyInAnyOrder(3 * H + "x" + H, H + "x" + H, 4 * H + "x" + H, H + "x" + 4 * H);
    assertThat(products(layer.inputGradient())).hasSize(4);
    assertThat(products(layer.weightGradient())).hasSize(4);
    assertThat(flops(layer.inputGradient())).isEqualTo(flops(layer.forward()));
    assertThat(flops(layer.weightGradient())).isEqualTo(flops(layer.forward()));
  }

  private static double flops(Load load) {
    return products(load).stream().mapToDouble(Gemm::flops).sum();
  }

  /** Narayanan et al. 2021, appendix: 72 b s l h^2 (1 + s / 6h + v / 12 l h), no recomputation. */
  @ParameterizedTest
  @CsvSource({"tp=1", "tp=2", "'tp=2,sp'", "'tp=4,sp'", "remat=full"})
  void modelFlopsAreThoseOfTheFormula(String knobs) {
    double formula = 72.0 * B * S * LAYERS * H * H * (1 + S / (6.0 * H) + V / (12.0 * LAYERS * H));
    assertThat(of(knobs).modelFlops()).isCloseTo(formula, within(1e-9 * formula));
  }

  /** Korthikanti et al. 2022, table 2, without the two masks of dropout: 32 s b h bytes. */
  @ParameterizedTest
  @CsvSource({"tp=1, 1", "'tp=4,sp', 4"})
  void aLayerKeepsWhatIsKnown(String knobs, int cut) {
    long published = 32 * S * B * H / cut;
    assertThat((double) layer(of(knobs)).savedBytes() / published).isBetween(1.0, 1.02);
  }

  /** Both results of norms, and of the GELU, of four times the size; nothing else reads them. */
  @ParameterizedTest
  @CsvSource({"tp=1, 1", "'tp=4,sp', 4"})
  void someOfItIsForProductsAlone(String knobs, int cut) {
    assertThat(layer(of(knobs)).operandBytes()).isEqualTo((2 + 2 + 8) * S * B * H / cut);
  }

  @Test
  void fullRecomputationKeepsNothingForProducts() {
    assertThat(layer(of("remat=full")).operandBytes()).isZero();
  }

  @Test
  void fullRecomputationKeepsTheInputOfALayerAndRunsItsForwardAgain() {
    var kept = layer(of("remat=full"));
    var usual = layer(of("remat=none"));
    assertThat(kept.savedBytes()).isEqualTo(2 * S * B * H);
    assertThat(kept.inputBytes()).isEqualTo(2 * S * B * H);
    assertThat(flops(kept.inputGradient()))
        .isBetween(1.6 * flops(usual.inputGradient()), 2.0 * flops(usual.inputGradient()));
    assertThat(kept.inputGradient().kernels())
        .anyMatch(k -> k instanceof AttentionKernel a && !a.isBackward());
    assertThat(kept.backwardPeakBytes()).isGreaterThan(usual.backwardPeakBytes());
  }

  /** Shoeybi et al. 2019, figure 3: two all-reduces in each direction. */
  @Test
  void tensorParallelLayersSumTwiceInEachDirection() {
    var layer = layer(of("tp=2"));
    var twice = List.of(CollectiveKind.ALL_REDUCE, CollectiveKind.ALL_REDUCE);
    assertThat(collectives(layer.forward())).isEqualTo(twice);
    assertThat(collectives(layer.inputGradient())).isEqualTo(twice);
    assertThat(layer.forward().exchanges())
        .allMatch(e -> e.bytes() == 2 * S * B * H && e.over().equals(List.of("tp")));
  }

  /** Korthikanti et al. 2022, section 4.2.2: the backward gathers two inputs once more. */
  @Test
  void sequenceParallelLayersGatherAndScatter() {
    var layer = layer(of("tp=2,sp"));
    assertThat(collectives(layer.forward()))
        .containsExactly(
            CollectiveKind.ALL_GATHER,
            CollectiveKind.ALL_GATHER,
            CollectiveKind.REDUCE_SCATTER,
            CollectiveKind.REDUCE_SCATTER);
    long gathers =
        collectives(layer.inputGradient()).stream()
                .filter(k -> k == CollectiveKind.ALL_GATHER)
                .count()
            + collectives(layer.weightGradient()).stream()
                .filter(k -> k == CollectiveKind.ALL_GATHER)
                .count();
    assertThat(gathers).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp=1", "tp=2", "tp=4,sp"})
  void everyWeightIsCounted(String knobs) {
    long block = 12 * H * H + 13 * H;
    long model = LAYERS * block + V * H + S * H + 2 * H;
    assertThat(of(knobs).weightElements(plan("gpt2", SIZES, knobs).mesh())).isEqualTo(model);
  }

  /** Mixtral 8x7B has 46.7 billion parameters (Jiang et al. 2024, section 2: 47B). */
  @ParameterizedTest
  @ValueSource(strings = {"dp=8", "dp=8,ep=4", "dp=4,tp=2,sp,ep=2", "dp=4,tp=2,ep=8,etp=1"})
  void everyExpertIsCountedOnce(String knobs) {
    var sizes = Options.NONE.with("batch", "8").with("seq", "1024");
    var plan = plan("mixtral", sizes, knobs);
    var load = ModelWorkloads.of(example("mixtral"), sizes).then(w -> w.of(plan)).orThrow();
    assertThat(load.weightElements(plan.mesh())).isEqualTo(46_702_792_704L);
  }

  /** Forward two, backward two; what is dispatched holds each token as often as it has experts. */
  @Test
  void tokensGoToExpertsAndComeBack() {
    var sizes = Options.NONE.with("batch", "8").with("seq", "1024");
    var plan = plan("mixtral", sizes, "dp=8,ep=4");
    var load = ModelWorkloads.of(example("mixtral"), sizes).then(w -> w.of(plan)).orThrow();
    long tokens = 1024L * 4096 * 2;
    assertThat(exchanges(layer(load).forward()))
        .filteredOn(e -> e.bytes() > tokens)
        .extracting(Exchange::bytes, Exchange::copies)
        .containsExactly(tuple(2 * tokens, 2.0), tuple(2 * tokens, 2.0));
    assertThat(exchanges(layer(load).inputGradient()))
        .filteredOn(e -> e.bytes() > tokens)
        .extracting(Exchange::bytes, Exchange::copies)
        .containsExactly(tuple(2 * tokens, 2.0), tuple(2 * tokens, 2.0));
  }

  private static List<Exchange> exchanges(Load load) {
    return load.exchanges().stream().filter(e -> e.kind() == CollectiveKind.ALL_TO_ALL).toList();
  }

  private static Plan plan(String model, Options options, String knobs) {
    return Compilation.of(example(model), options, PlanChoice.knobs(knobs)).orThrow().plan();
  }

  @Test
  void theWorkOfALayerDoesNotDependOnHowManyThereAre() {
    var deep = SIZES.with("layers", "40");
    var source = example("gpt2");
    var plan = Compilation.of(source, deep, PlanChoice.knobs("tp=2")).orThrow().plan();
    var load = ModelWorkloads.of(source, deep).then(w -> w.of(plan)).orThrow();
    var layer = layer(load);
    assertThat(layer.layers()).isEqualTo(40);
    assertThat(layer.forward()).isEqualTo(layer(of("tp=2")).forward());
  }

  @Test
  void anEncoderAndADecoderAreSectionsOfTheirOwn() {
    var source = example("t5");
    var load =
        ModelWorkloads.of(source, Options.preset("tiny")).then(w -> w.of(Plan.SERIAL)).orThrow();
    assertThat(load.sections().stream().map(Section::isRepeat))
        .containsExactly(false, true, false, true, false);
  }
}
