package dev.weft.testsuite.harness;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is not as a case claims.
 *
 * @param broken meaning: nobody can bless it
 * @param differences form
 */
record Verdict(List<String> broken, List<Difference> differences) {
  Verdict {
    broken = List.copyOf(broken);
    differences = List.copyOf(differences);
  }

  boolean isGood() {
    return broken.isEmpty() && differences.isEmpty();
  }

  /** For people: everything that is wrong, and how to accept it where that is possible. */
  String report(GoldenFile file) {
    var bless =
        broken.isEmpty()
            ? "accept the new form with: ./dev bless " + file.name()
            : "a wrong meaning cannot be blessed";
    return Stream.of(broken.stream(), differences.stream().map(d -> d.diff(file)), Stream.of(bless))
        .flatMap(s -> s)
        .collect(Collectors.joining("\n", file.name() + "\n", "\n"));
  }
}
