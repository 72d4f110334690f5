package dev.weft.testsuite.harness;

import dev.weft.testsuite.docs.ClusterKeysPage;
import dev.weft.testsuite.docs.ClusterSchema;
import dev.weft.testsuite.docs.ComputeErrorsPage;
import dev.weft.testsuite.docs.DiagnosticsPage;
import dev.weft.testsuite.docs.PredictionsPage;
import dev.weft.testsuite.docs.SchedulePictures;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accepts the new form of golden files: all of them, the pages that are made from code and the
 * pictures of schedules, or those at or below the paths that are given. A file in which a meaning
 * is wrong is left alone, and reported.
 */
public final class Bless {
  private final PrintStream out;
  private int refused;

  private Bless(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    var paths = Stream.of(arguments).map(Path::of).toList();
    var missing = paths.stream().filter(p -> !Files.exists(p)).toList();
    if (!missing.isEmpty()) {
      System.err.println("bless: no such file or folder: " + missing);
      System.exit(2);
    }
    if (paths.isEmpty()) {
      var root = Path.of(System.getProperty("weft.root", "."));
      DiagnosticsPage.write(root);
      ComputeErrorsPage.write(root);
      PredictionsPage.write(root);
      SchedulePictures.write(root);
      ClusterSchema.write(root);
      ClusterKeysPage.write(root);
    }
    var files =
        paths.isEmpty()
            ? GoldenFile.all()
            : paths.stream().flatMap(p -> GoldenFile.under(p).stream()).toList();
    System.exit(bless(files, System.out));
  }

  /**
   * Rewrites files.
   *
   * @return the exit status: 1 where a file was refused
   */
  static int bless(List<Path> files, PrintStream out) {
    var bless = new Bless(out);
    files.forEach(bless::bless);
    return bless.refused == 0 ? 0 : 1;
  }

  private void bless(Path path) {
    var file = GoldenFile.read(path);
    try (var scratch = new Scratch()) {
      var verdicts = file.cases().stream().map(c -> Judge.judge(c, scratch.folder())).toList();
      var broken = verdicts.stream().flatMap(v -> v.broken().stream()).toList();
      if (!broken.isEmpty()) {
        refused++;
        out.println(file.name() + ": refused\n" + indented(broken));
      } else if (!verdicts.stream().allMatch(Verdict::isGood)) {
        Files.writeString(path, Blessing.bless(file, verdicts));
        out.println(file.name() + ": changed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String indented(List<String> broken) {
    return broken.stream()
        .map(b -> b.strip().indent(2))
        .collect(Collectors.joining())
        .stripTrailing();
  }
}
