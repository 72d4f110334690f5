package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backward that is split keeps, of what each layer has saved, no more than its second half reads:
 * the first half frees the rest.
 */
class SplitBackwardTest {
  /** Of the second half's loop, what it takes of a layer's tuple; {@code _} is not read. */
  private static final Pattern READ =
      Pattern.compile("def blocks_bwd2\\(.*\\s+\"\"\".*\"\"\"\\s+(.*) = saved1");

  /** Of the first half, what becomes of the tuples. */
  private static final Pattern KEPT =
      Pattern.compile("blocks_saved = \\[\\((.*)\\)\\s+for (.*) in blocks_saved]");

  @TempDir private static Path folder = Path.of("");

  @Test
  void theFirstHalfFreesWhatTheSecondDoesNotRead() throws IOException {
    var bundle = Emitted.into(folder, "gpt2", "pp=2,micro=4,schedule=zb-h1");
    var code = Files.readString(bundle.directory().resolve("model.py"));
    var read = READ.matcher(code).results().toList();
    var kept = KEPT.matcher(code).results().toList();
    assertThat(read).isNotEmpty();
    assertThat(kept).hasSize(2);
    assertThat(empty(kept.getFirst(), "None")).isEqualTo(empty(read.getFirst(), "_"));
    assertThat(empty(kept.getFirst(), "None")).contains(true).contains(false);
  }

  @Test
  void aWholeBackwardPassesNothingOn() throws IOException {
    var bundle = Emitted.into(folder, "gpt2", "pp=2,micro=4");
    var code = Files.readString(bundle.directory().resolve("model.py"));
    assertThat(KEPT.matcher(code).find()).isFalse();
  }

  /** For each place of a tuple whether nothing stands there. */
  private static List<Boolean> empty(MatchResult match, String nothing) {
    return Arrays.stream(match.group(1).split(",\\s*")).map(nothing::equals).toList();
  }
}
