package dev.weft.testsuite.bad;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of {@code cases.txt}.
 *
 * <pre>
 * weft check names/unknown-axis.weft -> 1
 *   W0321 names/unknown-axis.weft:3
 * </pre>
 *
 * @param arguments of the command
 * @param status its exit status
 * @param findings in the order in which they are reported
 */
record BadInput(List<String> arguments, int status, List<Finding> findings) {
  private static final Pattern HEAD = Pattern.compile("weft (.*) -> (\\d+)");
  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

  BadInput {
    arguments = List.copyOf(arguments);
    findings = List.copyOf(findings);
  }

  static List<BadInput> all() {
    var cases = new ArrayList<BadInput>();
    for (var line : Corpus.read(Corpus.file("cases.txt")).lines().toList()) {
      if (line.startsWith("weft ")) {
        cases.add(head(line));
      } else if (line.startsWith("  ")) {
        cases.add(cases.removeLast().with(Finding.parse(line.strip())));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException("no row of cases.txt: " + line);
      }
    }
    return cases;
  }

  private static BadInput head(String line) {
    var head = HEAD.matcher(line);
    if (!head.matches()) {
      throw new IllegalArgumentException("no row of cases.txt: " + line);
    }
    return new BadInput(words(head.group(1)), Integer.parseInt(head.group(2)), List.of());
  }

  private static List<String> words(String text) {
    return ARGUMENT
        .matcher(text)
        .results()
        .map(word -> word.group(word.group(1) == null ? 2 : 1))
        .toList();
  }

  private BadInput with(Finding finding) {
    var more = new ArrayList<>(findings);
    more.add(finding);
    return new BadInput(arguments, status, more);
  }

  @Override
  public String toString() {
    return "weft " + String.join(" ", arguments);
  }
}
