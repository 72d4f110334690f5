package dev.weft.testsuite.harness;

import dev.weft.testsuite.docs.DiagnosticsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Accepts the new form of golden files and of generated documents: {@code ./dev bless [path]}. A
 * file whose meaning fails stays as it is, and the command fails.
 */
public final class Bless {
  private Bless() {}

  /** Blesses what is in or below a path; without one, everything. */
  public static void main(String[] arguments) throws IOException {
    var path = arguments.length == 0 ? Cases.folder() : Path.of(arguments[0]).toAbsolutePath();
    int refused = 0;
    for (var file : Cases.below(path)) {
      refused += bless(file) ? 0 : 1;
    }
    if (arguments.length == 0) {
      write(DiagnosticsPage.path(), DiagnosticsPage.text());
    }
    System.exit(refused == 0 ? 0 : 1);
  }

  private static boolean bless(CaseFile file) throws IOException {
    var blessing = Blessing.of(file);
    blessing.refusals().forEach(r -> System.out.println(file.path() + ": not blessed: " + r));
    if (blessing.lines().isPresent()) {
      write(file.path(), String.join("\n", blessing.lines().get()) + "\n");
    }
    return blessing.lines().isPresent();
  }

  private static void write(Path path, String text) throws IOException {
    if (!Files.exists(path) || !Files.readString(path).equals(text)) {
      Files.writeString(path, text);
      System.out.println("blessed " + path);
    }
  }
}
