package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of a tool, as a {@code RUN} line says it.
 *
 * @param options by name, each with its values in order; {@code -Dx=1} is the value {@code x=1} of
 *     {@code D}
 */
record Invocation(String tool, Map<String, List<String>> options) {
  static final String MARK = "// RUN: ";

  /** The run of a line that begins with {@link #MARK}. */
  static Invocation parse(String line) {
    var words = List.of(line.substring(MARK.length()).strip().split("\\s+"));
    var options = new TreeMap<String, List<String>>();
    for (var word : words.subList(1, words.size())) {
      boolean size = word.startsWith("-D");
      int sign = size ? 1 : word.indexOf('=');
      if (!size && (!word.startsWith("--") || sign < 0)) {
        throw new IllegalArgumentException("`" + word + "` is not --name=value");
      }
      var name = size ? "D" : word.substring(2, sign);
      options.computeIfAbsent(name, n -> new ArrayList<>()).add(word.substring(sign + 1));
    }
    return new Invocation(words.getFirst(), options);
  }

  /** The name of the block that the run gives. */
  String name() {
    return one("as").orElse(tool);
  }

  Optional<String> one(String option) {
    return all(option).stream().findFirst();
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }
}
