package dev.weft.passes.fit;

import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.ProductFormat;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Tables of measured kernels, as text whose first line names the columns. Commas separate; no field
 * holds one. What the columns mean is told by {@code bench/data/README.md}.
 */
public final class MeasuredKernels {
  /** How a row ends in {@code what} whose products have a weight each. */
  private static final String GROUPED = "grouped";

  private MeasuredKernels() {}

  /** Multiplications; the results of those of eight or four bits have 16. */
  public static List<MeasuredKernel> gemms(Path table) throws IOException {
    return read(table, row -> row.text("what"), MeasuredKernels::gemm);
  }

  private static Kernel gemm(TableRow row) {
    var format = ProductFormat.ofRate(row.text("dtype"));
    var gemm =
        new Gemm(
            format.map(_ -> DType.BF16).orElseGet(() -> DType.parse(row.text("dtype"))),
            format.orElse(ProductFormat.TRAINING),
            row.number("batch"),
            1,
            row.number("m"),
            row.number("n"),
            row.number("k"),
            Layout.valueOf(row.text("layout")),
            row.isYes("accumulates") ? DType.F32.bytes() : 0);
    return row.text("what").endsWith(GROUPED) ? gemm.grouped() : gemm;
  }

  /** Fused attention. */
  public static List<MeasuredKernel> attentions(Path table) throws IOException {
    return read(table, row -> "attention " + row.text("direction"), MeasuredKernels::attention);
  }

  private static Kernel attention(TableRow row) {
    return new AttentionKernel(
        DType.parse(row.text("dtype")),
        row.text("direction").equals("backward"),
        row.number("batch"),
        row.number("heads"),
        row.number("kv_heads"),
        row.number("positions"),
        row.number("positions"),
        row.number("key"),
        row.number("value"),
        row.isYes("causal"));
  }

  /** Operations bound by memory. */
  public static List<MeasuredKernel> streams(Path table) throws IOException {
    return read(table, row -> row.text("what"), row -> new Stream(row.number("bytes"), 0));
  }

  private static List<MeasuredKernel> read(
      Path table, Function<TableRow, String> what, Function<TableRow, Kernel> kernel)
      throws IOException {
    var lines = Files.readAllLines(table);
    var columns = List.of(lines.getFirst().split(","));
    return lines.stream()
        .skip(1)
        .map(line -> new TableRow(columns, List.of(line.split(",", -1))))
        .map(
            row ->
                new MeasuredKernel(
                    row.text("device"),
                    what.apply(row),
                    new Measurement(
                        kernel.apply(row),
                        Double.parseDouble(row.text("microseconds")) * 1e-6,
                        row.text("source"))))
        .toList();
  }
}
