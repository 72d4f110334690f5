package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.PlanChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random combinations of everything that a plan may say: each is refused with a reason, or computes
 * what the serial run computes in the memory that was predicted.
 */
class CombinationPropertyTest {
  private static final double TOLERANCE = 1e-12;
  private static final int CASES = Integer.getInteger("weft.combinations", 80);
  private static final int MOST_DEVICES = 16;
  private static final List<String> SCHEDULES =
      List.of("gpipe", "1f1b", "interleaved", "zb-h1", "zb-h2", "zb-v", "dualpipe-v");
  private static final List<String> REMAT = List.of("none", "selective", "full", "budget:512KiB");
  private static final List<String> OFFLOAD =
      List.of("optimizer", "params", "activations", "params+optimizer", "activations+optimizer");
  private static final List<String> CACHES = List.of("8KiB", "32KiB", "128KiB", "peak:1MiB");
  private static final Map<String, Map<String, String>> DEEP =
      Map.of(
          "gpt2", Map.of("layers", "5"),
          "llama2", Map.of("layers", "4"),
          "bilinear", Map.of("layers", "6"),
          "t5", Map.of("encoder_layers", "3", "decoder_layers", "3"));

  @Test
  void everyCombinationIsEqualOrRefused() {
    var truths = new HashMap<String, Truth>();
    var problems = new ArrayList<String>();
    var refusals = new TreeSet<String>();
    int equal = 0;
    for (int seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      var name = List.of("gpt2", "llama2", "bilinear", "t5").get(random.nextInt(4));
      var knobs = knobs(random);
      var truth = truths.computeIfAbsent(name, CombinationPropertyTest::truth);
      var refused = truth.refusals(PlanChoice.knobs(knobs));
      if (!refused.isEmpty()) {
        refusals.addAll(refused);
      } else if (truth.isAsPredicted(PlanChoice.knobs(knobs), TOLERANCE)) {
        equal++;
      } else {
        problems.add("seed " + seed + ": " + name + " under " + knobs);
      }
    }
    assertThat(problems).isEmpty();
    assertThat(equal).as("cases that ran; refused were %s", refusals).isGreaterThan(CASES / 3);
  }

  private static Truth truth(String name) {
    var example = Example.ALL.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    var options = example.small();
    for (var size : DEEP.getOrDefault(name, Map.of()).entrySet()) {
      options = options.with(size.getKey(), size.getValue());
    }
    return new Truth(example.source(), options);
  }

  private static String knobs(Random random) {
    int pp = 1 << random.nextInt(3);
    int tp = 1 << random.nextInt(2);
    int dp = 1 << random.nextInt(3);
    while (pp * tp * dp > MOST_DEVICES) {
      dp /= 2;
    }
    var knobs = new StringBuilder("dp=" + dp + ",tp=" + tp);
    if (tp > 1 && random.nextBoolean()) {
      knobs.append(",sp");
    }
    if (pp > 1) {
      knobs.append(",pp=").append(pp);
      knobs.append(",schedule=").append(SCHEDULES.get(random.nextInt(SCHEDULES.size())));
    }
    knobs.append(",micro=").append(1 << random.nextInt(4));
    knobs.append(",zero=").append(random.nextInt(4));
    if (dp == 4 && random.nextInt(3) == 0) {
      knobs.append(",hybrid=2");
    }
    knobs.append(",remat=").append(REMAT.get(random.nextInt(REMAT.size())));
    if (random.nextInt(3) == 0) {
      var offload = OFFLOAD.get(random.nextInt(OFFLOAD.size()));
      knobs.append(",offload=").append(offload);
      if (offload.contains("params") && random.nextInt(3) > 0) {
        knobs.append(",cache=").append(CACHES.get(random.nextInt(CACHES.size())));
      }
    }
    knobs.append(random.nextInt(3) == 0 ? ",prefetch=off" : "");
    return knobs.toString();
  }
}
