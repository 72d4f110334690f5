package dev.weft.cli.validate;

import dev.weft.ir.source.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows for tests: one that is right, with some of its cells changed. */
final class Tables {
  private Tables() {}

  private static Map<String, String> whole() {
    var cells = new LinkedHashMap<String, String>();
    cells.put("id", "row");
    cells.put("source", "Korthikanti et al. 2022, Table 5");
    cells.put("system", "Megatron-LM");
    cells.put("model", "GPT 22B");
    cells.put("params_B", "22");
    cells.put("layers", "48");
    cells.put("hidden", "6144");
    cells.put("heads", "64");
    cells.put("kv_heads", "");
    cells.put("ffn", "24576");
    cells.put("vocab", "51200");
    cells.put("seq_len", "2048");
    cells.put("experts", "");
    cells.put("topk", "");
    cells.put("dtype", "fp16");
    cells.put("device", "A100-SXM4-80GB");
    cells.put("device_key", "a100-80");
    cells.put("num_devices", "8");
    cells.put("devices_per_node", "8");
    cells.put("interconnect", "NVLink3; 8x200 Gb/s HDR IB per node");
    cells.put("TP", "8");
    cells.put("PP", "1");
    cells.put("DP", "1");
    cells.put("CP", "");
    cells.put("EP", "");
    cells.put("ETP", "");
    cells.put("VPP", "");
    cells.put("zero_stage", "");
    cells.put("distributed_optimizer", "");
    cells.put("global_batch", "4");
    cells.put("micro_batch", "4");
    cells.put("recompute", "selective");
    cells.put("sequence_parallel", "yes");
    cells.put("flash_attention", "no");
    cells.put("schedule", "none");
    cells.put("iteration_time_s", "1.10");
    cells.put("tflops_per_device", "");
    cells.put("tflops_kind", "");
    cells.put("tokens_per_s_per_device", "");
    cells.put("samples_per_s", "");
    cells.put("peak_memory_GB", "");
    cells.put("memory_kind", "");
    cells.put("phase", "train");
    cells.put("quality", "A");
    cells.put("notes", "");
    return cells;
  }

  /** Columns and their cells in turn. */
  private static Map<String, String> cells(String... changes) {
    var cells = whole();
    for (int i = 0; i < changes.length; i += 2) {
      cells.put(changes[i], changes[i + 1]);
    }
    return cells;
  }

  /** The run of a row. */
  static PublishedRun run(String... changes) {
    var cells = new LinkedHashMap<>(cells(changes));
    cells.values().removeIf(String::isEmpty);
    return PublishedRun.of(new CsvRow(2, cells));
  }

  /** The case of a row that can be priced. */
  static RowCase priced(String... changes) {
    return switch (RowRules.of(run(changes))) {
      case RowCase found -> found;
      case Skipped skipped -> throw new AssertionError(skipped.toString());
    };
  }

  /** A row as a line of CSV below {@link #header}. */
  static String line(String... changes) {
    return String.join(",", cells(changes).values().stream().map(c -> '"' + c + '"').toList());
  }

  static String header() {
    return String.join(",", whole().keySet());
  }

  static Source table(String... lines) {
    return new Source("runs.csv", header() + "\n" + String.join("\n", lines) + "\n");
  }
}
