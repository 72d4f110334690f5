package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cli.fit.StackConstants;
import dev.weft.cli.fit.StackFit;
import dev.weft.cli.fit.TimedRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose times were made with constants that nobody shipped. */
class LeftOutTest {
  private static final StackConstants HIDDEN =
      new StackConstants(0.8, 3, 4, 2, 6e-5, 6e-5, 1e-3, 3e-4, 0.05);
  private static final List<TimedRun> RUNS = runs();

  @Test
  void whatOtherPublicationsSayOfTheSoftwareHoldsForTheOneLeftOut() {
    var each = LeftOut.each(RUNS);
    assertThat(each).extracting(LeftOut::publication).containsExactly("One", "Three", "Two");
    for (var one : each) {
      assertThat(one.refitted()).allSatisfy(error -> assertThat(error).isBetween(-0.15, 0.15));
    }
    assertThat(LeftOut.medianOfMedians(each)).isLessThan(0.1);
  }

  @Test
  void aPublicationDoesNotSeeItself() {
    var slow = RUNS.stream().map(run -> run.source().equals("Two") ? slower(run) : run).toList();
    var two = LeftOut.each(slow).stream().filter(o -> o.publication().equals("Two")).findFirst();
    assertThat(two.orElseThrow().refitted())
        .allSatisfy(error -> assertThat(error).isBetween(-0.6, -0.4));
  }

  @Test
  void aStackWithoutRunsIsAsItsFamily() {
    assertThat(StackFit.ofStack(List.of(), HIDDEN)).isSameAs(HIDDEN);
  }

  @Test
  void aStackHasConstantsOfItsOwn() {
    var runs = RUNS.stream().map(LeftOutTest::slower).toList();
    assertThat(StackFit.mean(runs, HIDDEN)).isCloseTo(Math.log(2), within(1e-9));
    assertThat(StackFit.mean(runs, StackFit.ofStack(runs, HIDDEN))).isLessThan(0.2);
  }

  @Test
  void tablesOfOnePaperAreOnePublication() {
    assertThat(Publication.of("Qi et al. (ICLR, 2024), Table 4"))
        .isEqualTo("Qi et al. (ICLR, 2024)");
    assertThat(Publication.of("A chronicle (second part)")).isEqualTo("A chronicle (second part)");
  }

  private static TimedRun slower(TimedRun run) {
    return new TimedRun(run.source(), run.step(), 2 * run.seconds());
  }

  private static List<TimedRun> runs() {
    var pricer = new SettingPricer();
    return Validation.of(
            Tables.table(
                row("One, Table 1", 8, 1, 1),
                row("One, Table 2", 4, 2, 1),
                row("Two", 8, 1, 2),
                row("Two", 2, 4, 1),
                row("Three", 4, 1, 4),
                row("Three", 4, 2, 2)),
            pricer,
            2)
        .orThrow()
        .timed(pricer)
        .stream()
        .map(LeftOutTest::underOtherConstants)
        .toList();
  }

  private static String row(String source, int tp, int pp, int microBatch) {
    return Tables.line(
        "source",
        source,
        "TP",
        "" + tp,
        "PP",
        "" + pp,
        "DP",
        "" + 8 / tp / pp,
        "schedule",
        "1F1B",
        "layers",
        "8",
        "hidden",
        "2048",
        "heads",
        "16",
        "ffn",
        "8192",
        "params_B",
        "",
        "global_batch",
        "16",
        "micro_batch",
        "" + microBatch);
  }

  private static TimedRun underOtherConstants(TimedRun run) {
    var stack = HIDDEN.applied(run.step().job().software());
    return new TimedRun(run.source(), run.step(), run.step().under(stack).price().seconds());
  }
}
