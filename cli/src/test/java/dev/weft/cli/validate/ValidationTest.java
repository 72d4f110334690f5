package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** With prices that are easy to foresee. */
class ValidationTest {
  /** A second for each micro-batch; 4 GiB for each, of which 80 GiB are there. */
  private static Checked<Predicted> plain(RowCase.Setting setting) {
    double micro = Double.parseDouble(setting.knobs().replaceAll(".*micro=(\\d+).*", "$1"));
    double bytes = micro * 4 * (1L << 30);
    return Checked.ok(new Predicted(micro, bytes, bytes / 2, bytes / (80.0 * (1L << 30))));
  }

  private static String row(int micro, String seconds, String... more) {
    var changes = new String[8 + more.length];
    changes[0] = "global_batch";
    changes[1] = Integer.toString(4 * micro);
    changes[2] = "iteration_time_s";
    changes[3] = seconds;
    changes[4] = "quality";
    changes[5] = seconds.isEmpty() ? "OOM" : "A";
    changes[6] = "id";
    changes[7] = "m" + micro;
    System.arraycopy(more, 0, changes, 8, more.length);
    return Tables.line(changes);
  }

  private static Validation validation(String... lines) {
    return Validation.of(Tables.table(lines), ValidationTest::plain, 2).orThrow();
  }

  @Test
  void errorsAreThoseOfTimeAndMemory() {
    var found =
        validation(row(2, "1.6"), row(3, "4", "peak_memory_GB", "10"), row(4, "", "DP", "1"));
    var all = Grouped.of("all", found.judged());
    assertThat(all.time().orElseThrow().rows()).isEqualTo(2);
    assertThat(all.time().orElseThrow().bias()).isCloseTo(0, within(1e-12));
    assertThat(all.time().orElseThrow().mean()).isCloseTo(0.25, within(1e-12));
    assertThat(all.memory().orElseThrow().rows()).isEqualTo(1);
    assertThat(all.memory().orElseThrow().bias()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void aReadingOfTheUpdateIsComparedWithTheUpdate() {
    var found =
        validation(row(3, "4", "peak_memory_GB", "5", "memory_kind", "GiB (nanotron Mem Alloc)"));
    assertThat(found.judged().getFirst().memoryError().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void verdictsOnMemoryAreCounted() {
    var found = validation(row(30, ""), row(2, ""), row(25, "1"), row(3, "1"), row(4, "1"));
    assertThat(MemoryVerdicts.of(found.judged())).isEqualTo(new MemoryVerdicts(1, 1, 2, 1));
    assertThat(MemoryVerdicts.of(found.judged()).accuracy()).isEqualTo(0.6);
  }

  @Test
  void layoutsAreRankedWithinTheirTask() {
    String[] task = {"global_batch", "32", "num_devices", "8"};
    var found =
        validation(
            layout("1", "8", "9", task),
            layout("2", "4", "5", task),
            layout("4", "2", "4", task),
            layout("8", "1", "4.2", task),
            Tables.line("global_batch", "64", "iteration_time_s", "1"));
    var sweep = Layouts.among(found.judged());
    assertThat(sweep).singleElement().extracting(Layouts::plans).isEqualTo(4);
    assertThat(sweep.getFirst().loss()).isCloseTo(0.05, within(1e-12));
    assertThat(sweep.getFirst().tau()).isCloseTo(4.0 / 6, within(1e-12));
  }

  private static String layout(String micro, String pieces, String seconds, String... task) {
    return Tables.line(
        "micro_batch",
        micro,
        "iteration_time_s",
        seconds,
        "id",
        pieces,
        task[0],
        task[1],
        task[2],
        task[3]);
  }

  @Test
  void equalSettingsArePricedOnceAndRowsKeepTheirOrder() {
    var count = new AtomicInteger();
    var found =
        Validation.of(
                Tables.table(row(5, "1"), row(2, "1"), row(5, "2"), row(1, "1")),
                setting -> {
                  count.incrementAndGet();
                  return plain(setting);
                },
                3)
            .orThrow();
    assertThat(count).hasValue(3);
    assertThat(found.judged())
        .extracting(run -> run.row().run().name())
        .containsExactly("m5", "m2", "m5", "m1");
  }

  @Test
  void whatIsNotPricedHasAReason() {
    var table =
        Tables.table(
            Tables.line("CP", "2"), Tables.line("quality", "B"), Tables.line("id", "last"));
    var found =
        Validation.of(
                table,
                _ ->
                    Checked.failed(
                        Diagnostic.of(ValidateCode.TABLE_FORM, Span.NONE, "for this test")),
                1)
            .orThrow();
    assertThat(found.judged()).isEmpty();
    assertThat(found.incomplete()).hasSize(1);
    assertThat(found.skipped())
        .extracting(Skipped::reason)
        .containsExactly(SkipReason.CONTEXT_PARALLEL, SkipReason.REFUSED);
    assertThat(found.skipped().getLast().detail()).isEqualTo("W0831: for this test");
  }

  @Test
  void groupsAreByNameAndARowMayBeInSeveral() {
    var found = validation(row(2, "2"), row(3, "3", "PP", "2", "num_devices", "16"));
    assertThat(Grouped.by(Grouping.DEVICE, found.judged()))
        .extracting(Grouped::name)
        .containsExactly("dgx-a100-80");
    assertThat(Grouped.by(Grouping.FEATURE, found.judged()))
        .extracting(Grouped::name)
        .containsExactly(
            "all heads",
            "one node",
            "pp above 1",
            "remat=selective",
            "several nodes",
            "sp",
            "tp above 1",
            "unfused attention");
  }
}
