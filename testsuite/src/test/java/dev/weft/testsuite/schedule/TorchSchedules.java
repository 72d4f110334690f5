package dev.weft.testsuite.schedule;

import dev.weft.testsuite.torch.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables that PyTorch's own generators make ({@code torch.distributed.pipelining}). */
final class TorchSchedules {
  private static final String SCRIPT = "schedules.py";
  private static final String REFUSED = "refused";

  private TorchSchedules() {}

  /**
   * A schedule of PyTorch.
   *
   * @param name of its class
   */
  record Case(String name, int devices, int chunks, int microBatches) {
    @Override
    public String toString() {
      return name + ":" + devices + ":" + chunks + ":" + microBatches;
    }
  }

  /** For each case its rows; none for a case that PyTorch refuses. */
  static Map<Case, List<String>> tables(Path folder, List<Case> cases)
      throws IOException, InterruptedException {
    try (var script = TorchSchedules.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException("no resource " + SCRIPT);
      }
      Files.write(folder.resolve(SCRIPT), script.readAllBytes());
    }
    var words = new ArrayList<>(List.of(SCRIPT));
    cases.forEach(c -> words.add(c.toString()));
    var ended = Python.find().run(List.of(new Python.Command(folder, words))).getFirst();
    if (ended.code() != 0) {
      throw new AssertionError(ended.output());
    }
    return split(ended.output(), cases);
  }

  private static Map<Case, List<String>> split(String output, List<Case> cases) {
    var lines = new ArrayList<>(output.lines().filter(line -> !line.isBlank()).toList());
    var tables = new LinkedHashMap<Case, List<String>>();
    for (var one : cases) {
      int start = lines.indexOf(one.toString()) + 1;
      int rows = lines.get(start).equals(REFUSED) ? 0 : one.devices();
      tables.put(one, List.copyOf(lines.subList(start, start + rows)));
    }
    return tables;
  }
}
