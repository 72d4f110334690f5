package dev.weft.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.cli.training.Check;
import dev.weft.cli.training.Prediction;
import dev.weft.cli.training.TrainingResult;
import dev.weft.frontend.check.Frontend;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Source;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.Terms;
import dev.weft.passes.cost.TrafficUse;
import dev.weft.runtime.grid.Traffic;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunViewTest {
  private static final String MODEL =
      """
      model tiny {
        axis batch
        input x: float[batch]
        param w: [batch]
        loss = mean(x * w)
      }
      train tiny { batch = 8 }
      """;

  private static RunView view(int steps, Optional<Check> check) {
    return view(MODEL, steps, check);
  }

  private static RunView view(String text, int steps, Optional<Check> check) {
    var model = Frontend.check(new Source("tiny.weft", text), Options.NONE).orThrow();
    var traffic = Map.of("all_reduce", new Traffic(4L * steps, 2048L * steps));
    var losses = Collections.nCopies(steps, 0.5);
    return new RunView(
        model,
        Plan.SERIAL,
        new TrainingResult(
            losses, check, traffic, List.of(3072L), List.of(64L), prediction(steps, 3072)));
  }

  private static Prediction prediction(long steps, long peakBytes) {
    var terms = new Terms(1024, 512, 256, 128, peakBytes - 1920);
    var traffic = new TrafficUse(Map.of("all_reduce", new Sent(4 * steps, 2048 * steps)));
    var host = new MemoryUse(64, new Terms(0, 0, 64, 0, 0));
    return new Prediction(List.of(new MemoryUse(peakBytes, terms)), List.of(host), traffic);
  }

  @Test
  void whatIsAsPredictedIsSaidInOneLine() {
    assertThat(view(2, Optional.empty()).text())
        .contains("  memory and traffic are as predicted, to the byte\n");
    var document = JsonNodeFactory.instance.objectNode();
    view(2, Optional.empty()).json(document);
    assertThat(document.get("peak_memory_bytes").get(0).asLong()).isEqualTo(3072);
    assertThat(document.get("predicted_peak_memory_bytes").get(0).asLong()).isEqualTo(3072);
    assertThat(document.get("predicted_memory_terms").get(0).toString())
        .isEqualTo(
            "{\"parameters\":1024,\"gradients\":512,\"optimizer\":256,\"activations\":128,"
                + "\"buffers\":1152}");
    assertThat(document.get("predicted_comm_bytes")).isEqualTo(document.get("comm_bytes"));
  }

  @Test
  void whatIsNotAsPredictedIsNamed() {
    var measured = view(1, Optional.empty()).result();
    var moved =
        new TrainingResult(
            measured.losses(),
            Optional.empty(),
            Map.of("all_reduce", new Traffic(4, 2000), "send", new Traffic(1, 8)),
            List.of(4096L),
            List.of(65L),
            prediction(1, 3072));
    assertThat(new PredictionView(moved).text())
        .isEqualTo(
            "✗ not as predicted: device 0 used 4,096 B, not 3,072 B; device 0 used 65 B, not"
                + " 64 B of its host; all_reduce sent 2,000 B, not"
                + " 2,048 B; send sent 8 B, not 0 B\n");
  }

  @Test
  void aFailedCheckIsAFailedCommand() {
    var view = view(1, Optional.of(new Check(3e-15, 0.25, 1e-14, 0, "gradient w", 1e-12)));
    assertThat(view.succeeded()).isFalse();
    assertThat(view.text())
        .endsWith(
            "✗ parallel run on 1 device differs from the serial run: loss 3.0e-15, gradients"
                + " 2.5e-1, outputs 1.0e-14, updates 0 (limit 1.0e-12); worst: gradient w\n");
    var document = JsonNodeFactory.instance.objectNode();
    view.json(document);
    assertThat(document.get("check").get("passed").asBoolean()).isFalse();
    assertThat(document.get("check").get("worst").asText()).isEqualTo("gradient w");
  }

  @Test
  void choicesThatRoundingDecidesAreHintedAt() {
    var choosing = MODEL.replace("mean(x * w)", "mean(top(x * w, count: 2, over: batch))");
    var failed = Optional.of(new Check(0, 0.25, 0, 0, "gradient w", 1e-3));
    assertThat(view(choosing, 1, failed).text()).endsWith("tells whether the programs are equal\n");
    var precise = choosing.replace("batch = 8", "batch = 8, precision = f64");
    assertThat(view(precise, 1, failed).text()).endsWith("worst: gradient w\n");
  }

  @Test
  void bytesAreShownForAStepAndReportedForTheRun() {
    assertThat(view(5, Optional.empty()).text()).contains("all_reduce", "2.0 KiB", "3.0 KiB");
    var document = JsonNodeFactory.instance.objectNode();
    view(5, Optional.empty()).json(document);
    assertThat(document.get("comm_bytes").get("all_reduce").asLong()).isEqualTo(5 * 2048);
    assertThat(document.get("comm_calls").get("all_reduce").asLong()).isEqualTo(5 * 4);
  }

  @Test
  void aLongRunShowsSomeOfItsSteps() {
    var lines = view(1000, Optional.empty()).text().lines().filter(l -> l.endsWith("0.500000"));
    assertThat(lines.map(l -> l.strip().split(" ")[0])).hasSize(12).contains("1", "1000");
  }
}
