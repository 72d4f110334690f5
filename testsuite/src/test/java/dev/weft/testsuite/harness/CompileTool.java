package dev.weft.testsuite.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code compile --file=NAME}: a file of the emitted program; {@code --def=NAME} shows one function
 * or class of it only.
 */
final class CompileTool implements Tool {
  private static final String FILE = "--file";
  private static final String DEF = "--def";
  private static final String BUNDLE = "bundle";

  @Override
  public Ended run(Case of, Run run, Path directory) {
    var arguments = new ArrayList<>(List.of("compile", of.file(), "--target=cpu", "-o", BUNDLE));
    arguments.addAll(run.without(FILE).without(DEF).arguments());
    var ended = PrintingCommand.run(of, run, directory, "", arguments);
    return ended.failure().isPresent() || ended.hasErrors()
        ? ended
        : Ended.printed(excerpt(run, directory), ended.findings());
  }

  private static String excerpt(Run run, Path directory) {
    var file = run.option(FILE).orElseThrow(() -> new IllegalArgumentException(run + ": no file"));
    try {
      var text = Files.readString(directory.resolve(BUNDLE).resolve(file));
      return run.option(DEF).map(name -> definition(text, name)).orElse(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the line {@code def name(} or {@code class name} to the next line at the margin. */
  private static String definition(String text, String name) {
    var lines = text.lines().toList();
    int start = 0;
    while (start < lines.size() && !lines.get(start).matches("(def|class) " + name + "\\b.*")) {
      start++;
    }
    int end = start + 1;
    while (end < lines.size() && isInside(lines.get(end))) {
      end++;
    }
    if (start == lines.size()) {
      throw new IllegalArgumentException("no definition of " + name);
    }
    return lines.subList(start, end).stream().collect(Collectors.joining("\n")).strip() + "\n";
  }

  private static boolean isInside(String line) {
    return line.isEmpty() || line.startsWith(" ") || line.startsWith(")");
  }
}
