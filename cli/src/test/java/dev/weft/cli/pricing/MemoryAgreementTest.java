package dev.weft.cli.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.simulate.MemoryPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The memory of a simulated step against that of the compiled one, which is exact to the byte, for
 * the program that Weft emits. A simulation knows stages and layers, not each buffer: it may be off
 * by a twentieth.
 */
class MemoryAgreementTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("weft.root")).resolve("examples");
  private static final double BOUND = 0.05;

  private static Options options(String precision, int sequence) {
    return Options.preset("tiny")
        .with("layers", "8")
        .with("batch", "8")
        .with("seq", Integer.toString(sequence))
        .with("vocab", "512")
        .with("precision", precision);
  }

  private static MemoryUse exact(Compilation compilation) {
    return MemoryUse.ofDevices(compilation.step().orThrow()).stream()
        .max(Comparator.comparingLong(MemoryUse::peakBytes))
        .orElseThrow();
  }

  private static MemoryPrice simulated(Source source, Options options, Compilation compilation) {
    var cluster = Clusters.named("dgx-a100-80").orThrow();
    var software = Specs.named(SoftwareSpec.class, "weft").orThrow();
    var workloads = ModelWorkloads.of(source, options, compilation.model());
    return new Pricing().price(workloads, compilation.plan(), cluster, software).orThrow().memory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bf16 | dp=1",
        "f32  | dp=1",
        "bf16 | dp=1,remat=full",
        "bf16 | dp=1,remat=selective",
        "bf16 | dp=2,micro=4",
        "bf16 | tp=2,micro=2",
        "bf16 | tp=2,sp,micro=2",
        "bf16 | dp=2,zero=1",
        "bf16 | dp=2,zero=2,micro=2",
        "bf16 | dp=2,zero=3",
        "bf16 | pp=2,schedule=1f1b,micro=4",
        "bf16 | pp=2,schedule=gpipe,micro=4",
      })
  void simulatedMemoryIsThatOfTheCompiledStep(String precision, String knobs) throws IOException {
    requireAgreement("llama2.weft", 128, precision, knobs);
  }

  /** What all replicas hold is shared among all, experts among those that hold the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bf16 | dp=4,ep=2",
        "bf16 | dp=4,ep=2,zero=1,micro=2",
        "f32  | dp=4,ep=4,zero=1",
        "bf16 | dp=4,tp=2,sp,ep=2,zero=1",
        "bf16 | dp=4,tp=2,sp,ep=4,etp=1,zero=1",
        "bf16 | dp=4,ep=2,zero=2",
        "bf16 | dp=4,ep=2,zero=3",
        "bf16 | dp=2,pp=2,ep=2,zero=1,micro=4",
      })
  void soItIsWithExperts(String precision, String knobs) throws IOException {
    requireAgreement("mixtral.weft", 512, precision, knobs);
  }

  private static void requireAgreement(String model, int sequence, String precision, String knobs)
      throws IOException {
    var source = new Source(model, Files.readString(EXAMPLES.resolve(model)));
    var options = options(precision, sequence);
    var compilation = Compilation.of(source, options, PlanChoice.knobs(knobs)).orThrow();
    var exact = exact(compilation);
    var simulated = simulated(source, options, compilation);
    assertThat((double) simulated.allocatedBytes() / exact.peakBytes())
        .isBetween(1 - BOUND, 1 + BOUND);
    assertThat(simulated.weights()).isEqualTo(exact.terms().parameters());
    assertThat(simulated.optimizer()).isEqualTo(exact.terms().optimizer());
  }
}
