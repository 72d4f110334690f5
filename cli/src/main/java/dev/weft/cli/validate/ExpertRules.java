package dev.weft.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a run with experts must be like, and what is assumed of it. */
final class ExpertRules {
  /** How many times its fair share of tokens an expert takes before it drops some. */
  private static final Pattern CAPACITY = Pattern.compile("capacity factor (\\d+(?:\\.\\d+)?)");

  private static final Pattern DROPS = Pattern.compile("token-?\\s?drop");

  private ExpertRules() {}

  /** Why experts in such sizes or degrees have no form in Weft. */
  static Optional<Skipped> obstacle(PublishedRun run, Degrees degrees) {
    var plan = run.plan();
    if (!ExpertDegrees.isConsistent(plan, degrees)) {
      var detail = "EP=" + plan.experts() + " does not divide the devices of a stage";
      return Optional.of(new Skipped(run, SkipReason.CONTRADICTION, detail));
    }
    if (ExpertDegrees.of(plan, degrees).isEmpty()) {
      var how = "EP=%d with TP=%d and DP=%d";
      return lacking(run, how.formatted(plan.experts(), degrees.tensor(), degrees.data()));
    }
    var experts = ArchitectureRules.experts(run.model());
    if (!experts.divide(run.model().sequence().orElseThrow(), plan.experts())) {
      return lacking(run, experts.count() + " experts take unequal shares");
    }
    var capacity = CAPACITY.matcher(words(run));
    return capacity.find() && Double.parseDouble(capacity.group(1)) != 1
        ? lacking(run, capacity.group())
        : Optional.empty();
  }

  private static Optional<Skipped> lacking(PublishedRun run, String detail) {
    return Optional.of(new Skipped(run, SkipReason.EXPERTS, detail));
  }

  /**
   * Weft's experts all take equally many tokens. A run that drops tokens does the same work at a
   * capacity factor of 1, which is the default of Megatron-Bridge's token drop.
   */
  static List<String> remarks(PublishedRun run) {
    var remarks = new ArrayList<String>();
    var words = words(run);
    if (DROPS.matcher(words).find() && !CAPACITY.matcher(words).find()) {
      remarks.add("capacity factor assumed to be 1");
    }
    if (run.model().feed().dense().isPresent()) {
      remarks.add("layers without experts taken as having them");
    }
    return remarks;
  }

  private static String words(PublishedRun run) {
    return (run.model().name() + " " + run.notes()).toLowerCase(Locale.ROOT);
  }
}
