package dev.weft.cli.validate;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The sizes of a layer's feed-forward networks as a cell gives them: one number, or several with a
 * word for each, such as {@code 2560 moe, 20480 shared} or {@code 18432 dense/2048 moe}.
 *
 * @param only a number without a word
 * @param dense of layers without experts
 * @param expert of each expert
 * @param shared of the network beside the experts
 */
record RunFeed(OptionalLong only, OptionalLong dense, OptionalLong expert, OptionalLong shared) {
  private static final Pattern ONLY = Pattern.compile("^(\\d+)(?:\\.0*)?$");
  private static final Pattern DENSE = Pattern.compile("(\\d+)\\s*dense");
  private static final Pattern EXPERT = Pattern.compile("(\\d+)\\s*(?:moe|expert|routed)");
  private static final Pattern SHARED = Pattern.compile("(\\d+)\\s*shared");

  static RunFeed of(String words) {
    return new RunFeed(
        first(ONLY, words), first(DENSE, words), first(EXPERT, words), first(SHARED, words));
  }

  private static OptionalLong first(Pattern pattern, String words) {
    var found = pattern.matcher(words);
    return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
  }
}
