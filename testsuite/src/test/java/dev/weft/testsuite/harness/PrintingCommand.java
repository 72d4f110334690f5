package dev.weft.testsuite.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@code weft} command whose output is what it prints.
 *
 * <p>{@code --keep=word,…} keeps the lines of the output that have one of the words.
 */
final class PrintingCommand implements Tool {
  private static final String KEEP = "--keep";

  @Override
  public Ended run(Case of, Run run, Path directory) {
    var arguments = new ArrayList<>(List.of(run.tool(), of.file()));
    arguments.addAll(run.without(KEEP).arguments());
    return run(of, run, directory, "", arguments);
  }

  /** Runs a command line for a RUN line. */
  static Ended run(Case of, Run run, Path directory, String input, List<String> arguments) {
    var ran = WeftCommand.run(directory, input, arguments);
    if (ran.crashed()) {
      return Ended.failed(run + " crashed\n" + ran.err());
    }
    if (ran.err().isEmpty() && ran.status() == 0) {
      return ended(kept(run, ran.out()), List.of());
    }
    var again = new ArrayList<>(arguments);
    again.add("--json");
    var findings = WeftCommand.run(directory, input, again).findings(of, run);
    return ran.status() == 0 ? ended(kept(run, ran.out()), findings) : Ended.silent(findings);
  }

  private static Ended ended(String text, List<Finding> findings) {
    return text.isEmpty() ? Ended.silent(findings) : Ended.printed(text, findings);
  }

  private static String kept(Run run, String text) {
    var words = run.option(KEEP).map(w -> List.of(w.split(",")));
    return words.isEmpty()
        ? text
        : text.lines()
            .filter(line -> words.get().stream().anyMatch(word -> hasWord(line, word)))
            .map(line -> line.strip() + "\n")
            .collect(Collectors.joining());
  }

  private static boolean hasWord(String line, String word) {
    return List.of(line.split("[^\\w.]+")).contains(word);
  }
}
