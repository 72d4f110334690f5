package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A benchmark that was written and not run.
 *
 * @param file its program
 */
public record BenchmarkView(String file) implements View {
  @Override
  public String text() {
    return """
        wrote %s

        Run it where the device is, and bring back its results:
          python %s --out results.json
          weft calibrate --from results.json -o my-cluster.json
        """
        .formatted(file, file);
  }

  @Override
  public void json(ObjectNode document) {
    document.put("file", file);
  }
}
