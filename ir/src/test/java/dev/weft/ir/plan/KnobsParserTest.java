package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      })
  void readsKnobs(String text, int dp, int tp, boolean sp, int micro, int zero) {
    assertThat(KnobsParser.parse(new Source("--plan", text)).orThrow())
        .isEqualTo(new Knobs(dp, tp, sp, micro, zero));
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
        "pp=2|UNKNOWN_KNOB|pp|pipeline parallelism) is not in this version",
        "ep=2|UNKNOWN_KNOB|ep|expert parallelism",
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
        "zero=2|OPTIMIZER_LEVEL|2|the nearest legal level is 1",
        "zero=x|KNOB_VALUE|x|integer of at least 0",
        "dp=65536,tp=65536|TOO_MANY_DEVICES|dp=65536,tp=65536|65536 replicas",
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
    var checked = KnobsParser.parse(new Source("--plan", "dq=2,tp=0,sp=maybe,zero=3"));
    assertThat(checked.diagnostics())
        .extracting(d -> d.code())
        .containsExactlyInAnyOrder(
            PlanCode.UNKNOWN_KNOB,
            PlanCode.KNOB_VALUE,
            PlanCode.KNOB_VALUE,
            PlanCode.OPTIMIZER_LEVEL);
  }

  @Test
  void theFixOfALevelIsApplied() {
    var diagnostic =
        KnobsParser.parse(new Source("--plan", "dp=2,zero=3")).diagnostics().getFirst();
    assertThat(diagnostic.fix()).hasSize(1);
    var edit = diagnostic.fix().getFirst();
    var text = edit.span().source().text();
    var fixed =
        text.substring(0, edit.span().start())
            + edit.replacement()
            + text.substring(edit.span().end());
    assertThat(KnobsParser.parse(new Source("--plan", fixed)).orThrow())
        .isEqualTo(new Knobs(2, 1, false, 1, 1));
  }
}
