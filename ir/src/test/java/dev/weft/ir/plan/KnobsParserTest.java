package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnobsParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dp=2,tp=4,sp,micro=4,zero=1|2|4|true|4|1",
        "dp=2|2|1|false|1|0",
        "tp=2, sp=true|1|2|true|1|0",
        " sp = false , tp = 8 |1|8|false|1|0",
        "sp=false|1|1|false|1|0",
        "zero=1|1|1|false|1|1",
        "zero=0,micro=16|1|1|false|16|0",
        "dp=4,zero=3|4|1|false|1|3",
      })
  void readsKnobs(String text, int dp, int tp, boolean sp, int micro, int zero) {
    assertThat(KnobsParser.parse(new Source("--plan", text)).orThrow())
        .isEqualTo(new Knobs(dp, tp, sp, micro, zero));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pp=4|4||",
        "pp=4,chunks=2|4|2|",
        "pp=2,schedule=1f1b|2||ONE_F_ONE_B",
        "pp=2, chunks = 1 , schedule = gpipe|2|1|GPIPE",
        "pp=2,schedule=zb-v|2||ZB_V",
      })
  void readsPipelines(String text, int degree, Integer chunks, ScheduleKind kind) {
    var pipeline = parse(text).pipeline();
    assertThat(pipeline.degree()).isEqualTo(degree);
    assertThat(pipeline.chunks().isPresent()).isEqualTo(chunks != null);
    pipeline.chunks().ifPresent(c -> assertThat(c).isEqualTo(chunks));
    assertThat(pipeline.schedule())
        .isEqualTo(
            Optional.ofNullable(kind)
                .map(k -> new ScheduleChoice.Given(new SchedulePlan.Named(k))));
  }

  @Test
  void readsTheNameOfATable() {
    assertThat(parse("pp=2,schedule=tables/mine.csv").pipeline().schedule())
        .contains(new ScheduleChoice.InFile("tables/mine.csv"));
  }

  @Test
  void readsSpeedsAndMemoryOfPlaces() {
    var places = parse("pp=3,speed=1/0.5 / 2,memory=40GiB/1.5 kB/7").pipeline().places();
    assertThat(places.speeds()).containsExactly(1.0, 0.5, 2.0);
    assertThat(places.memoryBytes()).containsExactly(40L << 30, 1500L, 7L);
    assertThat(parse("pp=3").pipeline().places().isEmpty()).isTrue();
  }

  @Test
  void theFixOfACountOfSpeedsIsApplied() {
    for (var text : List.of("pp=3,speed=1/0.5", "pp=2,speed=4/2/1", "pp=2,memory=1GiB")) {
      var edit =
          KnobsParser.parse(new Source("--plan", text)).diagnostics().getFirst().fix().getFirst();
      var fixed = text.substring(0, edit.span().start()) + edit.replacement();
      var places = parse(fixed).pipeline().places();
      assertThat(places.speeds().size() + places.memoryBytes().size())
          .isEqualTo(parse(fixed).pipeline().degree());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,            -1",
    "budget:40GiB,    42949672960",
    "budget:512 MiB,  536870912",
    "budget:1.5kb,    1500",
    "budget: 1000000, 1000000",
  })
  void readsRematerialization(String policy, long bytes) {
    var expected = bytes < 0 ? new RematPlan.None() : new RematPlan.Budget(bytes);
    assertThat(parse("remat=" + policy).remat()).isEqualTo(expected);
  }

  @Test
  void readsPoliciesOffloadAndHybrid() {
    var knobs = parse("dp=8,zero=2,hybrid=4,remat=full,offload=params + optimizer");
    assertThat(knobs.hybrid()).hasValue(4);
    assertThat(knobs.remat()).isEqualTo(new RematPlan.Full());
    assertThat(knobs.offload()).containsExactly(Offload.OPTIMIZER, Offload.PARAMS);
    assertThat(parse("remat=selective").remat()).isEqualTo(new RematPlan.Selective());
  }

  @Test
  void readsCaches() {
    assertThat(parse("offload=params").cache()).isEqualTo(new CachePlan.None());
    assertThat(parse("cache=2KiB,offload=params").cache()).isEqualTo(new CachePlan.Size(2048));
    assertThat(parse("offload=params+optimizer,cache=peak: 1kB").cache())
        .isEqualTo(new CachePlan.Peak(1000));
  }

  @Test
  void readsExperts() {
    assertThat(parse("dp=4,tp=2,ep=2").experts()).isEqualTo(new ExpertKnobs(2, 2));
    assertThat(parse("dp=4,tp=2,ep=8,etp=1").experts()).isEqualTo(new ExpertKnobs(8, 1));
    assertThat(parse("dp=4,tp=2,ep=8,etp=1").experts().replicas(2)).isEqualTo(4);
    assertThat(parse("dp=4,tp=2").experts().areSpread()).isFalse();
  }

  @Test
  void countsTheDevicesOfEveryDegree() {
    assertThat(parse("pp=3,dp=4,tp=2,zero=1,hybrid=2").devices()).isEqualTo(24);
  }

  private static Knobs parse(String text) {
    return KnobsParser.parse(new Source("--plan", text)).orThrow();
  }

  /** What is wrong, where it is underlined, and a part of the message or of its note. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|KNOB_SYNTAX|''|expected a knob",
        "dp=2,|KNOB_SYNTAX|''|expected a knob",
        "dp=2,,tp=2|KNOB_SYNTAX|''|expected a knob",
        "=2|KNOB_SYNTAX|=2|expected a knob",
        "mikro=2|UNKNOWN_KNOB|mikro|did you mean `micro`?",
        "dp=2,zer=1|UNKNOWN_KNOB|zer|did you mean `zero`?",
        "banana=2|UNKNOWN_KNOB|banana|no knob",
        "cp=2|UNKNOWN_KNOB|cp|context parallelism) is not in this version",
        "vp=2|UNKNOWN_KNOB|vp|did you mean `chunks`?",
        "recompute=full|UNKNOWN_KNOB|recompute|did you mean `remat`?",
        "dp=4,ep=3|EXPERTS|3|3 replicas, which do not divide dp=4; the nearest legal value is ep=2",
        "ep=8,dp=2,tp=4|EXPERTS|8|the nearest legal value is ep=2",
        "dp=4,tp=2,ep=3,etp=1|EXPERTS|3|over tp=2 devices and some replicas, ep=3 does not; the nearest"
            + " legal value is ep=4",
        "dp=2,tp=2,ep=7,etp=1|EXPERTS|7|the nearest legal value is ep=4",
        "dp=2,tp=2,ep=1,etp=1|EXPERTS|1|the nearest legal value is ep=2",
        "dp=4,tp=4,ep=4,etp=2|EXPERTS|2|`etp` is 1, or as large as tp=4; not 2",
        "tp=2,etp=1|EXPERTS|etp=1|`etp` needs `ep`",
        "dp=4,ep=2,zero=1,hybrid=2|EXPERTS|hybrid=2|leave out one of them",
        "ep=0|KNOB_VALUE|0|integer of at least 1",
        "dp|KNOB_VALUE|dp|such as `=2`",
        "dp=|KNOB_VALUE|''|integer of at least 1",
        "dp=0|KNOB_VALUE|0|integer of at least 1",
        "tp=-1|KNOB_VALUE|-1|not `-1`",
        "tp=two|KNOB_VALUE|two|not `two`",
        "micro=1.5|KNOB_VALUE|1.5|integer of at least 1",
        "micro=99999999999|KNOB_VALUE|99999999999|integer of at least 1",
        "tp=2,sp=yes|KNOB_VALUE|sp=yes|`true` or `false`",
        "dp=2,tp=2,dp=4|REPEATED_KNOB|dp|given twice",
        "sp|SEQUENCE_WITHOUT_TENSOR|sp|needs `tp`",
        "dp=4,sp=true|SEQUENCE_WITHOUT_TENSOR|sp=true|needs `tp`",
        "zero=4|OPTIMIZER_LEVEL|4|the nearest legal level is 3",
        "dp=4,zero=1,hybrid=3|HYBRID|3|the nearest legal value is 2",
        "dp=2,zero=1,hybrid=8|HYBRID|8|the nearest legal value is 2",
        "dp=4,hybrid=2|HYBRID|hybrid=2|needs `zero` of at least 1",
        "dp=4,zero=1,hybrid=0|KNOB_VALUE|0|integer of at least 1",
        "chunks=2|KNOB_WITHOUT_PIPELINE|chunks=2|needs `pp` of at least 2",
        "pp=1,schedule=gpipe|KNOB_WITHOUT_PIPELINE|schedule=gpipe|needs `pp`",
        "speed=1/2|KNOB_WITHOUT_PIPELINE|speed=1/2|needs `pp` of at least 2",
        "pp=1,memory=1GiB|KNOB_WITHOUT_PIPELINE|memory=1GiB|needs `pp` of at least 2",
        "pp=4,speed=1/0.5|PLACE_COUNT|1/0.5|2 values for the 4 places of pp=4; the nearest legal"
            + " value is 1/0.5/0.5/0.5",
        "pp=2,speed=1/2/3|PLACE_COUNT|1/2/3|the nearest legal value is 1/2",
        "pp=2,memory=1GiB|PLACE_COUNT|1GiB|the nearest legal value is 1GiB/1GiB",
        "pp=100,memory=1GiB|PLACE_COUNT|1GiB|1 values for the 100 places",
        "pp=2,speed=1/0|KNOB_VALUE|0|the nearest legal value is 0.001",
        "pp=2,speed=-2.5/1|KNOB_VALUE|-2.5|the nearest legal value is 0.001",
        "pp=2,speed=5000/1|KNOB_VALUE|5000|the nearest legal value is 1000",
        "pp=2,speed=1/fast|KNOB_VALUE|fast|`fast` is no speed",
        "pp=2,speed=1/|KNOB_VALUE|''|is no speed",
        "pp=2,speed|KNOB_VALUE|speed|such as `=1/1`",
        "pp=2,memory=1GiB/lots|KNOB_VALUE|lots|`lots` is no size",
        "pp=0|KNOB_VALUE|0|integer of at least 1",
        "pp=2,chunks=0|KNOB_VALUE|0|integer of at least 1",
        "pp=2,schedule=zb-h3|KNOB_VALUE|zb-h3|did you mean `zb-h1`?",
        "pp=2,schedule|KNOB_VALUE|schedule|dualpipe-v, or a file",
        "remat=some|KNOB_VALUE|some|none, selective, full",
        "remat=ful|KNOB_VALUE|ful|did you mean `full`?",
        "remat=budget:4 apples|KNOB_VALUE|budget:4 apples|`4 apples` is no size",
        "remat=budget:0|KNOB_VALUE|budget:0|is no size",
        "remat=budget:0.5|KNOB_VALUE|budget:0.5|is no size",
        "remat=budget:99999999TiB|KNOB_VALUE|budget:99999999TiB|is no size",
        "offload=weights|KNOB_VALUE|weights|optimizer, params, activations",
        "offload=params+|KNOB_VALUE|params+|joined by `+`",
        "cache=1GiB|CACHE|cache=1GiB|add `params` to it",
        "offload=optimizer,cache=1GiB|CACHE|cache=1GiB|add `params` to it",
        "offload=params,cache=much|KNOB_VALUE|much|`much` is no size",
        "offload=params,cache|KNOB_VALUE|cache|is no size",
        "offload=params,cache=peak:0|KNOB_VALUE|peak:0|is no size",
        "zero=x|KNOB_VALUE|x|integer of at least 0",
        "dp=65536,tp=65536|TOO_MANY_DEVICES|dp=65536,tp=65536|65536 replicas",
        "pp=4096,dp=1024,tp=1024|TOO_MANY_DEVICES|pp=4096,dp=1024,tp=1024|4096 parts",
      })
  void refuses(String text, PlanCode code, String underlined, String message) {
    var checked = KnobsParser.parse(new Source("--plan", text));
    assertThat(checked.value()).isEmpty();
    assertThat(checked.diagnostics()).hasSize(1);
    var diagnostic = checked.diagnostics().getFirst();
    assertThat(diagnostic.code()).isEqualTo(code);
    assertThat(diagnostic.span().text()).isEqualTo(underlined);
    assertThat(diagnostic.message() + diagnostic.notes()).contains(message);
  }

  @Test
  void reportsEverythingInOneRun() {
    var checked = KnobsParser.parse(new Source("--plan", "dq=2,tp=0,sp=maybe,zero=4"));
    assertThat(checked.diagnostics())
        .extracting(d -> d.code())
        .containsExactlyInAnyOrder(
            PlanCode.UNKNOWN_KNOB,
            PlanCode.KNOB_VALUE,
            PlanCode.KNOB_VALUE,
            PlanCode.OPTIMIZER_LEVEL);
  }

  @ParameterizedTest
  @CsvSource({"dp=2, ON", "'dp=2,prefetch=on', ON", "'prefetch = off', OFF"})
  void prefetchIsOnUnlessItIsOff(String knobs, Prefetch expected) {
    var parsed = KnobsParser.parse(new Source("--plan", knobs)).orThrow();
    assertThat(parsed.prefetch()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefetch", "prefetch=false", "prefetch=2"})
  void prefetchIsOnOrOff(String knobs) {
    var refused = KnobsParser.parse(new Source("--plan", knobs)).diagnostics().getFirst();
    assertThat(refused.code()).isEqualTo(PlanCode.KNOB_VALUE);
    assertThat(refused.message()).startsWith("`prefetch` is `on` or `off`");
  }

  @Test
  void theFixOfALevelIsApplied() {
    var diagnostic =
        KnobsParser.parse(new Source("--plan", "dp=2,zero=7")).diagnostics().getFirst();
    assertThat(diagnostic.fix()).hasSize(1);
    var edit = diagnostic.fix().getFirst();
    var text = edit.span().source().text();
    var fixed =
        text.substring(0, edit.span().start())
            + edit.replacement()
            + text.substring(edit.span().end());
    assertThat(KnobsParser.parse(new Source("--plan", fixed)).orThrow())
        .isEqualTo(new Knobs(2, 1, false, 1, 3));
  }
}
