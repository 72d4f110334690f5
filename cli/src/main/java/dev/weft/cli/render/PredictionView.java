package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cli.training.TrainingResult;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.Terms;
import dev.weft.runtime.grid.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a run took of its devices, beside what was predicted of it. */
record PredictionView(TrainingResult result) implements View {
  /** One line. */
  @Override
  public String text() {
    var differences = new ArrayList<String>();
    var predicted = result.predicted();
    differences.addAll(inMemory("", result.peakMemoryBytes(), predicted.peakMemoryBytes()));
    differences.addAll(
        inMemory(" of its host", result.peakHostMemoryBytes(), predicted.peakHostMemoryBytes()));
    differences.addAll(inTraffic());
    return differences.isEmpty()
        ? "  memory and traffic are as predicted, to the byte\n"
        : "✗ not as predicted: " + String.join("; ", differences) + "\n";
  }

  @Override
  public void json(ObjectNode document) {
    var predicted = result.predicted();
    write(document.putArray("peak_memory_bytes"), result.peakMemoryBytes());
    write(document.putArray("predicted_peak_memory_bytes"), predicted.peakMemoryBytes());
    write(document.putArray("peak_host_memory_bytes"), result.peakHostMemoryBytes());
    write(document.putArray("predicted_peak_host_memory_bytes"), predicted.peakHostMemoryBytes());
    var terms = document.putArray("predicted_memory_terms");
    predicted.memory().forEach(use -> write(use.terms(), terms.addObject()));
    var bytes = document.putObject("comm_bytes");
    result.traffic().forEach((kind, traffic) -> bytes.put(kind, traffic.bytes()));
    var sent = document.putObject("predicted_comm_bytes");
    predicted.traffic().byKind().forEach((kind, s) -> sent.put(kind, s.bytes()));
    var calls = document.putObject("comm_calls");
    result.traffic().forEach((kind, traffic) -> calls.put(kind, traffic.calls()));
  }

  private static void write(ArrayNode array, List<Long> numbers) {
    numbers.forEach(array::add);
  }

  private static void write(Terms terms, ObjectNode node) {
    node.put("parameters", terms.parameters());
    node.put("gradients", terms.gradients());
    node.put("optimizer", terms.optimizer());
    node.put("activations", terms.activations());
    node.put("buffers", terms.buffers());
  }

  private static List<String> inMemory(String of, List<Long> measured, List<Long> predicted) {
    var differences = new ArrayList<String>();
    for (int device = 0; device < predicted.size(); device++) {
      if (!measured.get(device).equals(predicted.get(device))) {
        var bytes = bytes(measured.get(device), predicted.get(device));
        differences.add("device " + device + " used " + bytes + of);
      }
    }
    return differences;
  }

  private List<String> inTraffic() {
    var predicted = result.predicted().traffic().byKind();
    var kinds = new TreeSet<>(predicted.keySet());
    kinds.addAll(result.traffic().keySet());
    var differences = new ArrayList<String>();
    for (var kind : kinds) {
      var measured = result.traffic().getOrDefault(kind, Traffic.NONE);
      var expected = predicted.getOrDefault(kind, Sent.NONE);
      if (measured.bytes() != expected.bytes()) {
        differences.add(kind + " sent " + bytes(measured.bytes(), expected.bytes()));
      } else if (measured.calls() != expected.calls()) {
        differences.add(kind + " ran " + measured.calls() + " times, not " + expected.calls());
      }
    }
    return differences;
  }

  private static String bytes(long measured, long predicted) {
    return Quantity.grouped(measured) + " B, not " + Quantity.grouped(predicted) + " B";
  }
}
