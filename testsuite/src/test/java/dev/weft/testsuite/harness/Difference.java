package dev.weft.testsuite.harness;

import java.util.List;
import java.util.Optional;

/**
 * A run that did not print what its block says: form, which may be blessed.
 *
 * @param name of the block
 * @param block as it is; empty where there is none yet
 * @param actual what the run printed, line by line
 */
record Difference(String name, Optional<Block> block, List<String> actual) {
  Difference {
    actual = List.copyOf(actual);
  }

  /** The two texts, as people compare them. */
  String diff(GoldenFile file) {
    var expected = block.map(Block::text).orElse(List.of());
    int line = block.map(b -> b.line() + 1).orElse(1);
    return UnifiedDiff.of(file.name() + " //> " + name, line, expected, actual);
  }
}
