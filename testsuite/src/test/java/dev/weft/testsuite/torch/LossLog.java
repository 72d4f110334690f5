package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What {@code train.py --log-file} wrote. */
final class LossLog {
  private static final Pattern LINE = Pattern.compile("\\{\"step\": (\\d+), \"loss\": ([^,]+),.*");

  private LossLog() {}

  /** The loss of each step. Steps that a resumed run repeats must repeat their loss exactly. */
  static SortedMap<Integer, Double> read(Path file) throws IOException {
    var losses = new TreeMap<Integer, Double>();
    for (var line : Files.readAllLines(file)) {
      var matcher = LINE.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      double loss = Double.parseDouble(matcher.group(2));
      var before = losses.put(Integer.valueOf(matcher.group(1)), loss);
      assertThat(before == null || before == loss).as("%s, before: %s", line, before).isTrue();
    }
    return losses;
  }
}
