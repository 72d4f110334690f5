package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code opt}: passes in any legal order, on models and on IR text. */
class OptTest {
  private static final String WHOLE =
      "--passes=simplify,autodiff,expand,simplify,shard,lower,simplify,training-step";

  private static final String PIPELINE = "pp=2,micro=4,schedule=zb-h1";

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  @Test
  void withoutPassesTheModelIsPrinted() {
    var run = Weft.run(directory, "opt", "a.weft").expectStatus(0);
    assertThat(run.out()).startsWith("mesh []\n").contains("func @model(", "cross_entropy");
  }

  @Test
  void theWholePipelineMakesAStep() {
    var run = Weft.run(directory, "opt", "a.weft", WHOLE, "--plan", "dp=2,tp=2,micro=2,zero=1");
    assertThat(run.expectStatus(0).out())
        .contains("func @step(", "repeat", "reduce_scatter", "adam_update", "mesh [dp=2, tp=2]");
  }

  @Test
  void everyStageCanBeSeen() {
    var all = Weft.run(directory, "opt", "a.weft", WHOLE, "--plan", "tp=2", "--print-after=all");
    assertThat(all.expectStatus(0).out().lines().filter(l -> l.startsWith("// after ")))
        .containsExactly(
            "// after simplify",
            "// after autodiff",
            "// after expand",
            "// after simplify",
            "// after shard",
            "// after lower",
            "// after simplify",
            "// after training-step");
    var one = Weft.run(directory, "opt", "a.weft", WHOLE, "--plan", "tp=2", "--print-after=shard");
    assertThat(one.expectStatus(0).out()).startsWith("// after shard\n").doesNotContain("@step");
  }

  @Test
  void irTextGoesOnWhereItStopped() {
    var front = "--passes=simplify,autodiff,expand,simplify";
    var half = Weft.run(directory, "opt", "a.weft", front).expectStatus(0);
    Weft.write(directory.resolve("half.ir"), half.out());
    Weft.run(directory, "plan", "a.weft", "--plan", "dp=2,tp=2", "-o", "p.json").expectStatus(0);
    var back = Weft.run(directory, "opt", "half.ir", "--passes=shard,lower", "--plan", "p.json");
    var whole = Weft.run(directory, "opt", "a.weft", front + ",shard,lower", "--plan", "dp=2,tp=2");
    assertThat(back.expectStatus(0).out()).isEqualTo(whole.expectStatus(0).out());
  }

  @Test
  void degreesAreNotForIrText() {
    Weft.write(directory.resolve("m.ir"), Weft.run(directory, "opt", "a.weft").out());
    var run = Weft.run(directory, "opt", "m.ir", "--passes=simplify", "--plan", "dp=2", "--json");
    assertThat(run.expectStatus(2).codes()).containsExactly("W0806");
  }

  @Test
  void brokenIrTextIsExplained() {
    Weft.write(directory.resolve("m.ir"), "func @f(%a: f64[]) { return loss %b }");
    var run = Weft.run(directory, "opt", "m.ir", "--json").expectStatus(1);
    assertThat(run.codes()).isNotEmpty().allMatch(c -> c.startsWith("W02"));
  }

  @Test
  void aModuleWithoutALossIsNotDifferentiated() {
    Weft.write(
        directory.resolve("m.ir"),
        "func @f(%a: f64[] weight(\"a\", constant 0.0)) { return output(\"b\") %a }\n");
    var run = Weft.run(directory, "opt", "m.ir", "--passes=autodiff", "--json");
    assertThat(run.expectStatus(1).codes()).containsExactly("W0807");
  }

  @Test
  void theScheduleOfAPipelineIsAPicture() {
    var plan = PIPELINE;
    var run = Weft.run(directory, "opt", "a.weft", "--plan", plan, "--print=schedule");
    assertThat(run.expectStatus(0).out())
        .contains(
            "device 0  F0 F1 .  I0 W0 F2 I1 W1 F3 I2 W2 I3 W3\n",
            "device 1  .  F0 I0 F1 I1 W0 F2 I2 W1 F3 I3 W2 W3\n",
            "in flight",
            "  counted work     F     I     W\n  stage 0");
    var svg = Weft.run(directory, "opt", "a.weft", "--plan", plan, "--print=schedule.svg");
    assertThat(svg.expectStatus(0).out())
        .startsWith("<svg ")
        .endsWith("</svg>\n")
        .contains("<title>1W3</title>", "device 1");
    var json = Weft.run(directory, "opt", "a.weft", "--plan", plan, "--print=schedule", "--json");
    assertThat(json.expectStatus(0).out()).contains("\"actions\"", "1F0 1I0 1F1", "\"in_flight\"");
  }

  /** The same layers in both stages, and in the second the head besides. */
  @Test
  void theStageWithTheHeadTakesLonger() {
    var run =
        Weft.run(directory, "opt", "a.weft", "--plan", PIPELINE, "--print=schedule", "--json");
    var counted = run.expectStatus(0).json().at("/schedule/counted");
    double first = counted.at("/stages/0/forward").doubleValue();
    double last = counted.at("/stages/1/forward").doubleValue();
    assertThat((first + last) / 2).isCloseTo(1, within(1e-9));
    assertThat(last).isGreaterThan(first);
    assertThat(counted.at("/bubble/0").doubleValue())
        .isGreaterThan(counted.at("/bubble/1").doubleValue());
  }

  @Test
  void theSecondStageOfADeviceIsInSmallLetters() {
    Weft.write(directory.resolve("deep.weft"), Weft.SMALL.replace("layers = 2", "layers = 4"));
    var chunks = "pp=2,micro=2,chunks=2";
    var run = Weft.run(directory, "opt", "deep.weft", "--plan", chunks, "--print=schedule");
    assertThat(run.expectStatus(0).out())
        .contains("device 0  F0 F1 f0 f1 .  .  b0 -- .  b1 -- B0 -- B1 --\n", "Small letters");
  }

  @Test
  void aPlanWithoutAPipelineHasNoSchedule() {
    var run = Weft.run(directory, "opt", "a.weft", "--plan", "dp=2", "--print=schedule");
    assertThat(run.expectStatus(2).err()).contains("W0811");
  }

  @Test
  void aTableIsReadFromAFile() {
    Weft.write(directory.resolve("table.csv"), "0F0,0F1,0B0,0B1\n1F0,1F1,1B0,1B1\n");
    var plan = "pp=2,micro=2,schedule=table.csv";
    var run = Weft.run(directory, "opt", "a.weft", "--plan", plan, "--print=schedule");
    assertThat(run.expectStatus(0).out()).contains("device 1  .  F0 F1 B0 -- B1 -- .  .\n");
    Weft.write(directory.resolve("table.csv"), "0F0,0B0,0F1,0B1\n1F1,1B1,1F0,1B0\n");
    var stuck = Weft.run(directory, "opt", "a.weft", "--plan", plan, "--print=schedule");
    assertThat(stuck.expectStatus(1).err()).contains("error[W0679]", "table.csv:1:1");
  }
}
