package dev.weft.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.passes.calibrate.Calibration;
import dev.weft.passes.cluster.LinkSpec;
import java.util.Locale;
import java.util.Optional;

/**
 * What was measured, and the spec that was made of it.
 *
 * @param file where the spec was written; empty where it is shown instead
 */
public record CalibrationView(Calibration calibration, Optional<String> file) implements View {
  @Override
  public String text() {
    var machine = calibration.readings().device();
    var out = new StringBuilder();
    out.append(
        "%d x %s, PyTorch %s\n".formatted(machine.devices(), machine.name(), machine.torch()));
    out.append('\n').append(errors().text()).append('\n').append(constants().text());
    calibration
        .readings()
        .skipped()
        .forEach(skip -> out.append("\nnot measured: " + skip.what() + " (" + skip.why() + ")"));
    if (!calibration.readings().skipped().isEmpty()) {
      out.append('\n');
    }
    out.append('\n');
    return out + file.map(f -> "wrote " + f + "\n").orElseGet(calibration::json);
  }

  /** How far the formulas are from the readings. */
  private Columns errors() {
    var rows =
        new Columns(
            Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.RIGHT, Columns.Align.RIGHT);
    rows.row("measured", "times", "median error", "nine tenths within");
    calibration
        .errors()
        .forEach(
            (what, error) ->
                rows.row(
                    what,
                    Integer.toString(error.count()),
                    percent(error.median()),
                    percent(error.p90())));
    return rows;
  }

  private Columns constants() {
    var rows = new Columns(Columns.Align.LEFT, Columns.Align.LEFT);
    var device = calibration.device();
    device
        .matrixFlops()
        .forEach((dtype, peak) -> rows.row("peak " + dtype, Quantity.scientific(peak) + " flop/s"));
    rows.row("memory", Quantity.scientific(device.memoryBandwidth()) + " bytes/s");
    var host = Quantity.scientific(calibration.host().linkBandwidth()) + " bytes/s";
    rows.row("host link", host);
    var update = Quantity.scientific(calibration.host().updateBandwidth()) + " bytes/s";
    rows.row("host update", update);
    calibration
        .link()
        .map(LinkSpec::bandwidth)
        .ifPresent(rate -> rows.row("device link", Quantity.scientific(rate) + " bytes/s"));
    double launch = calibration.readings().floors().launchSeconds();
    rows.row("kernel launch", Quantity.scientific(launch) + " s");
    return rows;
  }

  /** An error is a logarithm: of 0.1 the ratio is 1.105. */
  private static String percent(double error) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * Math.expm1(error));
  }

  @Override
  public void json(ObjectNode document) {
    try {
      document.set("cluster", new ObjectMapper().readTree(calibration.json()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was just written", e);
    }
    var errors = document.putObject("errors");
    calibration
        .errors()
        .forEach(
            (what, error) ->
                errors
                    .putObject(what)
                    .put("count", error.count())
                    .put("bias", error.bias())
                    .put("median", error.median())
                    .put("mean", error.mean())
                    .put("p90", error.p90()));
    document.put("launch_seconds", calibration.readings().floors().launchSeconds());
    var skipped = document.putArray("skipped");
    calibration
        .readings()
        .skipped()
        .forEach(skip -> skipped.addObject().put("what", skip.what()).put("why", skip.why()));
    file.ifPresent(name -> document.put("file", name));
  }
}
