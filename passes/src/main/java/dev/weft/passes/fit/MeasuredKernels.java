package dev.weft.passes.fit;

import dev.weft.ir.type.DType;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tables of measured kernels, as text whose first line names the columns. Commas separate; no field
 * holds one. What the columns mean is told by {@code bench/data/README.md}.
 */
public final class MeasuredKernels {
  private MeasuredKernels() {}

  /** Multiplications. */
  public static List<MeasuredKernel> gemms(Path table) throws IOException {
    return read(table, row -> row.get("what"), MeasuredKernels::gemm);
  }

  private static Kernel gemm(Map<String, String> row) {
    return new Gemm(
        DType.parse(row.get("dtype")),
        number(row, "batch"),
        number(row, "m"),
        number(row, "n"),
        number(row, "k"),
        Layout.valueOf(row.get("layout")),
        isYes(row, "accumulates"));
  }

  /** Fused attention. */
  public static List<MeasuredKernel> attentions(Path table) throws IOException {
    return read(table, row -> "attention " + row.get("direction"), MeasuredKernels::attention);
  }

  private static Kernel attention(Map<String, String> row) {
    return new AttentionKernel(
        DType.parse(row.get("dtype")),
        "backward".equals(row.get("direction")),
        number(row, "batch"),
        number(row, "heads"),
        number(row, "kv_heads"),
        number(row, "positions"),
        number(row, "positions"),
        number(row, "key"),
        number(row, "value"),
        isYes(row, "causal"));
  }

  /** Operations bound by memory. */
  public static List<MeasuredKernel> streams(Path table) throws IOException {
    return read(table, row -> row.get("what"), row -> new Stream(number(row, "bytes"), 0));
  }

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }

  private static boolean isYes(Map<String, String> row, String column) {
    return "yes".equals(row.get(column));
  }

  private static List<MeasuredKernel> read(
      Path table,
      Function<Map<String, String>, String> what,
      Function<Map<String, String>, Kernel> kernel)
      throws IOException {
    var lines = Files.readAllLines(table);
    var columns = lines.getFirst().split(",");
    return lines.stream()
        .skip(1)
        .map(line -> row(columns, line.split(",", -1)))
        .map(
            row ->
                new MeasuredKernel(
                    row.get("device"),
                    what.apply(row),
                    new Measurement(
                        kernel.apply(row),
                        Double.parseDouble(row.get("microseconds")) * 1e-6,
                        row.get("source"))))
        .toList();
  }

  private static Map<String, String> row(String[] columns, String[] fields) {
    if (columns.length != fields.length) {
      throw new IllegalArgumentException(
          "a row has " + fields.length + " fields for " + columns.length + " columns");
    }
    var row = new HashMap<String, String>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], fields[i]);
    }
    return row;
  }
}
