package dev.weft.backends.torch;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a printed program calls and names: library functions, and sets of mesh axes. */
final class Vocabulary {
  private final SortedSet<String> functions = new TreeSet<>();
  private final SortedMap<String, List<String>> groups = new TreeMap<>();

  /** Notes the use of a library function and returns its name. */
  String function(String name) {
    functions.add(name);
    return name;
  }

  /** The constant that names a set of mesh axes, such as {@code DP_TP}. */
  String group(List<String> axes) {
    var name = axes.stream().map(a -> a.toUpperCase(Locale.ROOT)).collect(Collectors.joining("_"));
    groups.put(name, axes);
    return name;
  }

  SortedSet<String> functions() {
    return functions;
  }

  SortedMap<String, List<String>> groups() {
    return groups;
  }
}
