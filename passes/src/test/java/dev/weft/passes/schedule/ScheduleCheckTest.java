package dev.weft.passes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCheckTest {
  @Test
  void aSoundTableIsASchedule() {
    var plan = Samples.table(List.of(0, 1), "0F0 0F1 0B0 0I1 0W1", "1F0, 1B0, -, 1F1, 1I1, 1W1");
    assertThat(Samples.rows(Schedules.of(plan, 2).orThrow()))
        .containsExactly("0F0 0F1 0B0 0I1 0W1", "1F0 1B0 1F1 1I1 1W1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0F0 0B0|1F0 1C0|CELL|`1C0` in the row of device 1 is no action",
        "0F0 0B0|1F0 1B|CELL|`1B`",
        "0F0 0B0 2F0|1F0 1B0|CELL|2F0: stages are 0 to 1",
        "0F0 0B0 1F0|1B0|DEVICE|stage 1 lies on device 1",
        "0F0 0B0 0F0|1F0 1B0|REPEATED_ACTION|0F0 occurs twice",
        "0F0 0I0 0B0|1F0 1B0|REPEATED_ACTION|0B0 does again what 0I0 does",
        "0F0 0B0 0W0|1F0 1B0|REPEATED_ACTION|0W0 does again what 0B0 does",
        "0F0|1F0 1B0|MISSING_ACTION|0B0 of stage 0 missing",
        "0F0 0I0|1F0 1B0|MISSING_ACTION|0W0 of stage 0 missing",
        "0F0 0W0|1F0 1B0|MISSING_ACTION|0I0 of stage 0 missing",
        "0B0|1F0 1B0|MISSING_ACTION|0F0 of stage 0 missing",
        "0B0 0F0|1F0 1B0|ORDER|0B0 stands before 0F0",
        "0F0 0W0 0I0|1F0 1B0|ORDER|0W0 stands before 0I0",
        "0F0 0B0 0F1 0B1|1F0 1B0 1F1 1B1|MICRO_BATCHES|nearest legal value is micro=2",
      })
  void refuses(String first, String second, ScheduleCode code, String message) {
    var plan = Samples.table(List.of(0, 1), first, second);
    assertThat(Schedules.of(plan, 1).diagnostics())
        .anySatisfy(d -> assertThat(d.code()).isEqualTo(code))
        .anySatisfy(d -> assertThat(d.message()).contains(message));
  }

  @Test
  void aDeadlockNamesItsCycle() {
    var plan = Samples.table(List.of(0, 1), "0F0 0B0 0F1 0B1", "1F1 1B1 1F0 1B0");
    assertThat(Schedules.of(plan, 2).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(ScheduleCode.DEADLOCK))
        .satisfies(
            d ->
                assertThat(d.message())
                    .contains(
                        "device 0 for the gradient of 1B1 of device 1",
                        "device 1 for the output of 0F1 of device 0"));
  }

  @Test
  void aCycleMayGoThroughSeveralDevices() {
    var plan =
        Samples.table(List.of(0, 1, 2), "0F0 0B0 0F1 0B1", "1F0 1F1 1B0 1B1", "2F0 2F1 2B0 2B1");
    assertThat(Schedules.of(plan, 2).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(ScheduleCode.DEADLOCK));
  }

  @Test
  void theRowOfAPlanIsUnderlined() {
    var source =
        new Source(
            "plan.json",
            """
            {
              "version": 1,
              "mesh": { "pp": 2 },
              "pipeline": {
                "over": "pp",
                "schedule": { "table": [
                  "0F0 0B0",
                  "1F0 1X0"
                ] },
                "stages": [{ "device": 0 }, { "device": 1 }]
              }
            }
            """);
    var plan = PlanJson.read(source).orThrow();
    var problems =
        Schedules.of(plan.pipeline().orElseThrow(), 1, SchedulePlaces.of(PlanPlaces.of(source)))
            .diagnostics();
    assertThat(problems)
        .singleElement()
        .satisfies(d -> assertThat(d.span().place()).isEqualTo("plan.json:8:7"));
  }

  @Test
  void theLineOfAFileIsUnderlined() {
    var file = new Source("t.csv", "# two devices\n\n  0F0,0B0\n1F0,,1F0\r\n");
    var table = TableCells.table(file);
    var plan = Samples.table(List.of(0, 1), table.rows().toArray(String[]::new));
    assertThat(Schedules.of(plan, 1, SchedulePlaces.ofTable(file)).diagnostics().getFirst().span())
        .satisfies(span -> assertThat(span.place()).isEqualTo("t.csv:4:1"))
        .satisfies(span -> assertThat(span.text()).isEqualTo("1F0,,1F0"));
  }

  /** A message that is needed late, on one way with one that is needed early. */
  @Test
  void messagesAreReceivedInTheOrderInWhichTheyAreSent() {
    var schedule = Samples.schedule(ScheduleKind.ZB_V, 2, 3);
    var steps = DeviceSteps.of(schedule);
    for (int from = 0; from < 2; from++) {
      int sender = from;
      var sent = steps.get(sender).stream().flatMap(s -> sends(s).stream()).toList();
      var received = steps.get(1 - sender).stream().flatMap(s -> receives(s).stream()).toList();
      assertThat(received).isEqualTo(sent).isNotEmpty();
    }
  }

  private static List<Transfer> sends(Step step) {
    return step instanceof Step.Send(var transfer) ? List.of(transfer) : List.of();
  }

  private static List<Transfer> receives(Step step) {
    return step instanceof Step.Receive(var transfer) ? List.of(transfer) : List.of();
  }

  @Test
  void aRendezvousDeadlocksWhereBothSidesSendFirst() {
    var schedule = Samples.schedule(ScheduleKind.ONE_F_ONE_B, 2, 3);
    assertThat(Execution.deadlock(schedule, 0).orElseThrow())
        .satisfiesExactly(
            w -> assertThat(w.at().toString()).contains("Send", "0F1").doesNotContain("Receive"),
            w -> assertThat(w.at().toString()).contains("Send", "1B0").doesNotContain("Receive"));
    assertThat(Execution.deadlock(schedule, 1)).isEmpty();
  }

  @Test
  void gPipeNeedsNoBuffers() {
    assertThat(ScheduleFacts.of(Samples.schedule(ScheduleKind.GPIPE, 4, 8)).slots()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GPIPE,       8 8 8 8",
    "ONE_F_ONE_B, 4 3 2 1",
    "INTERLEAVED, 11 9 7 5",
    "ZB_H1,       4 4 4 4",
    "ZB_H2,       7 7 7 7",
    "ZB_V,        8 8 8 8",
    "DUALPIPE_V,  9 9 9 9",
  })
  void memoryIsBounded(ScheduleKind kind, String inFlight) {
    var facts = ScheduleFacts.of(Samples.schedule(kind, 4, 8));
    assertThat(facts.inFlight().stream().map(String::valueOf)).containsExactly(inFlight.split(" "));
    var longer = ScheduleFacts.of(Samples.schedule(kind, 4, 32));
    if (kind != ScheduleKind.GPIPE) {
      assertThat(longer).isEqualTo(facts);
    }
  }

  @Test
  void anEmptyRowLacksAllWork() {
    var broken = Schedule.of(1, 1, List.of(List.of()));
    assertThat(ScheduleCheck.problems(broken, List.of(0), SchedulePlaces.NONE)).hasSize(1);
  }
}
