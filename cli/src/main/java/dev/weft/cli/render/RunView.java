package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weft.cli.training.Check;
import dev.weft.cli.training.TrainingResult;
import dev.weft.frontend.check.CheckedModel;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.TopK;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.type.DType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a training run gave. */
public record RunView(CheckedModel model, Plan plan, TrainingResult result) implements View {
  /** Longer runs show some of their steps only. */
  private static final int MOST_ROWS = 12;

  @Override
  public String text() {
    return title()
        + "\n"
        + losses()
        + "\n"
        + traffic()
        + memory()
        + new PredictionView(result).text()
        + result.check().map(check -> "\n" + verdict(check) + "\n").orElse("");
  }

  @Override
  public void json(ObjectNode document) {
    document.put("model", model.name());
    document.put("parameters", parameters());
    document.put("precision", model.recipe().precision().text());
    document.put("devices", plan.mesh().devices());
    document.put("steps", result.losses().size());
    var losses = document.putArray("loss");
    result.losses().forEach(losses::add);
    result.check().ifPresent(check -> write(check, document.putObject("check")));
    new PredictionView(result).json(document);
    document.putRawValue("plan", new RawValue(PlanJson.write(plan).strip()));
  }

  @Override
  public boolean succeeded() {
    return result.check().map(Check::passed).orElse(true);
  }

  private static void write(Check check, ObjectNode node) {
    node.put("passed", check.passed());
    node.put("loss_max_rel_error", check.lossMaxRelError());
    node.put("grad_max_rel_error", check.gradMaxRelError());
    node.put("output_max_rel_error", check.outputMaxRelError());
    node.put("weight_max_rel_error", check.weightMaxRelError());
    node.put("worst", check.worst());
    node.put("tolerance", check.tolerance());
  }

  private String title() {
    return model.name()
        + ": "
        + Quantity.grouped(parameters())
        + " parameters in "
        + model.recipe().precision().text()
        + " on "
        + devices()
        + (plan.mesh().axes().isEmpty() ? "" : " " + plan.mesh())
        + "\n";
  }

  private String losses() {
    var table = new Columns(Columns.Align.RIGHT, Columns.Align.RIGHT).row("step", "loss");
    for (int step : shownSteps(result.losses().size())) {
      table.row(
          Integer.toString(step),
          String.format(Locale.ROOT, "%.6f", result.losses().get(step - 1)));
    }
    return table.text();
  }

  /** The first and the last step, and others evenly between them. */
  private static List<Integer> shownSteps(int steps) {
    if (steps <= MOST_ROWS) {
      return IntStream.rangeClosed(1, steps).boxed().toList();
    }
    return IntStream.range(0, MOST_ROWS)
        .map(row -> 1 + (int) ((long) row * (steps - 1) / (MOST_ROWS - 1)))
        .boxed()
        .toList();
  }

  /** Per step: every step of a run sends the same. */
  private String traffic() {
    if (result.traffic().isEmpty()) {
      return "";
    }
    int steps = result.losses().size();
    var table =
        new Columns(Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.RIGHT)
            .row("collective", "bytes in a step", "calls");
    result
        .traffic()
        .forEach(
            (kind, t) ->
                table.row(
                    kind, Quantity.bytes(t.bytes() / steps), Quantity.grouped(t.calls() / steps)));
    return table.text() + "\n";
  }

  private String memory() {
    var peaks = result.peakMemoryBytes();
    var distinct = peaks.stream().distinct().map(Quantity::bytes).toList();
    var shown = distinct.size() == 1 ? distinct.getFirst() : each(peaks);
    return "  peak memory of " + (peaks.size() == 1 ? "the device: " : "a device: ") + shown + "\n";
  }

  private static String each(List<Long> peaks) {
    return peaks.stream().map(Quantity::bytes).collect(Collectors.joining(", "));
  }

  private String verdict(Check check) {
    var errors =
        "loss "
            + Quantity.error(check.lossMaxRelError())
            + ", gradients "
            + Quantity.error(check.gradMaxRelError())
            + ", outputs "
            + Quantity.error(check.outputMaxRelError())
            + ", updates "
            + Quantity.error(check.weightMaxRelError())
            + " (limit "
            + Quantity.error(check.tolerance())
            + ")";
    return check.passed()
        ? "✓ parallel run on " + devices() + " equals the serial run: " + errors
        : "✗ parallel run on "
            + devices()
            + " differs from the serial run: "
            + errors
            + "; worst: "
            + check.worst()
            + hint();
  }

  /** Scores that nearly tie are decided by rounding, in which a plan has its own order. */
  private String hint() {
    boolean chooses =
        model.module().only().body().allNodes().anyMatch(node -> node.op() instanceof TopK);
    return chooses && model.recipe().precision() != DType.F64
        ? "\n  `top` may choose otherwise where scores nearly tie; --precision f64 tells whether the"
            + " programs are equal"
        : "";
  }

  private String devices() {
    return Quantity.counted(plan.mesh().devices(), "device");
  }

  private long parameters() {
    var function = model.module().only();
    return function.inputIndices(Port.Weight.class).stream()
        .mapToLong(i -> function.body().params().get(i).type().elements())
        .sum();
  }
}
