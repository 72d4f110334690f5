package dev.weft.testsuite;

import java.util.List;
import java.util.Optional;

/** Names that say what kind of thing a class is instead of what it is about. */
final class Naming {
  private static final List<String> SUFFIXES =
      List.of("Manager", "Helper", "Processor", "Impl", "Base", "Util", "Utils");
  private static final List<String> PACKAGES =
      List.of("model", "impl", "util", "common", "helpers");

  private Naming() {}

  /** What is wrong with a binary class name, if anything. */
  static Optional<String> complaint(String className) {
    String[] path = className.split("\\.");
    String[] nest = path[path.length - 1].split("\\$");
    for (String simple : nest) {
      for (String suffix : SUFFIXES) {
        if (simple.endsWith(suffix)) return Optional.of(className + " is named by kind: " + suffix);
      }
    }
    for (int i = 0; i < path.length - 1; i++) {
      if (PACKAGES.contains(path[i])) {
        return Optional.of(className + " lives in a package named by kind: " + path[i]);
      }
    }
    return Optional.empty();
  }
}
