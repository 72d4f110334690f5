package dev.weft.cli.validate;

import java.util.Locale;

/** Why a run is not priced. */
public enum SkipReason {
  EXPERTS(Blame.COMPILER, "experts in sizes or places that the compiler has no form for"),
  LATENT_ATTENTION(Blame.COMPILER, "multi-head latent attention"),
  CONTEXT_PARALLEL(Blame.COMPILER, "context parallelism"),
  ULYSSES(Blame.COMPILER, "sequence parallelism by all-to-all (Ulysses)"),
  OTHER_FORMAT(Blame.COMPILER, "matrix products of integers or of six bits"),
  ADAPTERS(Blame.COMPILER, "low-rank adapters"),
  NOT_A_STEP(Blame.ROW, "what was timed is not a whole training step"),
  NO_RESULT(Blame.ROW, "neither a time nor a failure is given"),
  INCOMPLETE(Blame.ROW, "sizes, degrees or the micro-batch are missing"),
  CONTRADICTION(Blame.ROW, "the row contradicts itself"),
  DEGRADED(Blame.ROW, "devices could not use their links"),
  UNKNOWN_PLAN(Blame.RULES, "the words for schedule or recomputation are not understood"),
  UNKNOWN_DEVICE(Blame.RULES, "no cluster specification fits the device"),
  REFUSED(Blame.COMPILER, "the compiler refuses the plan");

  /** At whom the reader should look. */
  public enum Blame {
    /** Weft lacks something. */
    COMPILER,
    /** The row lacks something. */
    ROW,
    /** The rules of {@code weft validate} do not understand something. */
    RULES;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Blame blame;
  private final String text;

  SkipReason(Blame blame, String text) {
    this.blame = blame;
    this.text = text;
  }

  public Blame blame() {
    return blame;
  }

  public String text() {
    return text;
  }

  /** The name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
