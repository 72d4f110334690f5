package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Param;
import dev.weft.ir.op.ToDevice;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.TrafficUse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The weights that a device's program fetches outside of its loops and calls, and how often. What
 * loops, and the phases of stages, fetch for themselves is in the sums alone.
 *
 * @param step with the plan's cache of weights
 * @param uncached the same step with a fetch for every use
 */
public record OffloadView(Module step, Module uncached) implements View {

  /**
   * The fetches of one weight, or of rows of it.
   *
   * @param bytes of one of them
   */
  private record Fetches(int count, long bytes) {
    Fetches plus(Fetches other) {
      return new Fetches(count + other.count, bytes);
    }
  }

  @Override
  public String text() {
    var out = new StringBuilder();
    for (var program : programs()) {
      out.append('@').append(program.name()).append('\n');
      var table =
          new Columns(Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.RIGHT)
              .row("comes as a whole", "bytes", "times in a step");
      fetches(program)
          .forEach(
              (name, f) -> table.row(name, Quantity.bytes(f.bytes()), Integer.toString(f.count())));
      out.append(table.text());
    }
    return out.append("to all devices in a step: ")
        .append(Quantity.bytes(toDevices(step)))
        .append("; without a cache ")
        .append(Quantity.bytes(toDevices(uncached)))
        .append('\n')
        .toString();
  }

  @Override
  public void json(ObjectNode document) {
    var object = document.putObject("offload");
    object.put("to_device_bytes", toDevices(step));
    object.put("to_device_bytes_uncached", toDevices(uncached));
    var list = object.putArray("programs");
    for (var program : programs()) {
      var weights = list.addObject().put("name", program.name()).putArray("fetches");
      fetches(program)
          .forEach(
              (name, f) ->
                  weights
                      .addObject()
                      .put("weight", name)
                      .put("bytes", f.bytes())
                      .put("times", f.count()));
    }
  }

  /** Of each kind of device, its program. */
  private List<Function> programs() {
    return IntStream.range(0, step.mesh().devices()).mapToObj(step::program).distinct().toList();
  }

  private static Map<String, Fetches> fetches(Function program) {
    var fetches = new TreeMap<String, Fetches>();
    for (var node : program.body().nodes()) {
      if (node.op() instanceof ToDevice && node.operand(0) instanceof Param weight) {
        var port = program.inputs().get(program.body().params().indexOf(weight));
        var one = new Fetches(1, node.result().type().bytes());
        port.asWeight().ifPresent(w -> fetches.merge(w.name(), one, Fetches::plus));
      }
    }
    return fetches;
  }

  private static long toDevices(Module step) {
    var sent = TrafficUse.ofAllDevices(step).byKind();
    return sent.getOrDefault("to_device", Sent.NONE).bytes();
  }
}
