package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code // RUN: tool --options} line.
 *
 * @param line where it stands, counted from 1
 * @param arguments the options as the tool gets them
 * @param block the name of the block of its output: the tool's, or what {@code as=name} says
 */
record Run(int line, String tool, List<String> arguments, String block) {
  private static final Pattern LINE = Pattern.compile("// RUN: (\\S+)(.*)");
  private static final String BLOCK = "as=";

  Run {
    arguments = List.copyOf(arguments);
  }

  static Optional<Run> parse(int line, String text) {
    var match = LINE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var tool = match.group(1);
    var words = match.group(2).isBlank() ? List.<String>of() : words(match.group(2));
    var block = words.stream().filter(w -> w.startsWith(BLOCK)).findFirst();
    return Optional.of(
        new Run(
            line,
            tool,
            words.stream().filter(w -> !w.startsWith(BLOCK)).toList(),
            block.map(w -> w.substring(BLOCK.length())).orElse(tool)));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** The value of an option {@code --name=value}. */
  Optional<String> option(String name) {
    return arguments.stream()
        .filter(a -> a.startsWith(name + "="))
        .map(a -> a.substring(name.length() + 1))
        .findFirst();
  }

  /** The same without an option {@code --name=value}. */
  Run without(String name) {
    var rest = arguments.stream().filter(a -> !a.startsWith(name + "=")).toList();
    return new Run(line, tool, rest, block);
  }

  /** The same with one more argument. */
  Run with(String argument) {
    var more = new ArrayList<>(arguments);
    more.add(argument);
    return new Run(line, tool, more, block);
  }

  @Override
  public String toString() {
    return "line " + line + ": " + tool + " " + String.join(" ", arguments);
  }
}
