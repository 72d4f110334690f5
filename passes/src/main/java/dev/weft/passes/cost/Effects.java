package dev.weft.passes.cost;

import java.util.HashMap;
import java.util.Map;

/** The effects of blocks, each found once for each pattern of arguments. */
final class Effects {
  private final Map<Pattern, Effect> known = new HashMap<>();

  Effect of(Pattern pattern) {
    var effect = known.get(pattern);
    if (effect == null) {
      effect = new BlockRun(pattern, this).run();
      known.put(pattern, effect);
    }
    return effect;
  }
}
