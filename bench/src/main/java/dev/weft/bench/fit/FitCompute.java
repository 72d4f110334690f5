package dev.weft.bench.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints what the measured kernels say about devices, with the errors that remain. */
public final class FitCompute {
  private FitCompute() {}

  public static void main(String[] arguments) throws IOException {
    var fit = new ComputeFit(Path.of(System.getProperty("weft.root")).resolve("bench/data"));
    print("Streams", fit.streams());
    print("Multiplications", fit.gemms());
    print("Fused attention", fit.attentions());
    print("Multiplications, the shape learned from other devices", fit.heldOut());
  }

  private static void print(String title, List<Learned> all) {
    System.out.println(title);
    for (var one : all) {
      var spread = one.spread();
      System.out.printf(
          Locale.ROOT,
          "  %s %s%n    %d rows: median error %.1f %%, mean %.1f %%, p90 %.1f %%, bias %+.1f %%%n",
          one.device().name(),
          one.engine(),
          spread.count(),
          100 * spread.median(),
          100 * spread.mean(),
          100 * spread.p90(),
          100 * spread.bias());
    }
  }
}
