package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.fit.StackConstant;
import dev.weft.cli.fit.StackConstants;
import dev.weft.cli.fit.StackFit;
import dev.weft.cli.fit.TimedRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose times were made with constants that nobody shipped. */
class LeftOutTest {
  private static final StackConstants HIDDEN =
      new StackConstants(0.75, 4, 5, 3, 1e-4, 1e-4, 5e-3, 1e-3, 0.1);
  private static final List<TimedRun> RUNS = runs();

  @Test
  void whatOtherPublicationsSayOfTheSoftwareHoldsForTheOneLeftOut() {
    var each = LeftOut.each(RUNS);
    assertThat(each).extracting(LeftOut::publication).containsExactly("One", "Three", "Two");
    for (var one : each) {
      assertThat(one.stated()).allSatisfy(error -> assertThat(error).isLessThan(-0.2));
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
    assertThat(StackFit.ofStack(List.of(), StackConstants.USUAL)).isSameAs(StackConstants.USUAL);
  }

  @Test
  void fewRunsDoNotLeadFarFromTheFamily() {
    var family = StackFit.ofFamily(RUNS, StackConstants.USUAL);
    var one = List.of(slower(RUNS.getFirst()));
    var found = StackFit.ofStack(one, family);
    double before = StackFit.mean(one, family);
    double after = StackFit.mean(one, found);
    assertThat(after).isLessThan(before);
    for (var constant : StackConstant.ALL) {
      double spreads = Math.log(found.get(constant) / family.get(constant)) / constant.spread();
      assertThat(Math.abs(spreads)).as(constant.name()).isLessThan(7);
    }
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
