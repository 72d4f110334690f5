package dev.weft.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
  private static final String SOUND =
      """
      mesh [dp=2]
      properties [primitive]

      func @f(
        %x: f64[a=2, b=3] data("x"),
        %w: f64[n=4, b=3] weight("w", normal 0.1) on [_, dp]
      ) {
        %y = tanh %x : f64[a=2, b=3]
        %s = reduce %y {function=sum, axes=[b], count=3} : f64[a=2]
        %z = repeat %y;; %w {label=l, axis=n=4, direction=forward} (
          %p: f64[a=2, b=3],
          %v: f64[b=3]
        ) {
          %q = mul %p, %v : f64[a=2, b=3]
          yield %q
        } : f64[a=2, b=3]
        return output("z") %z
      }
      """;

  @Test
  void theSoundTextIsCanonical() {
    assertThat(Printer.print(Parser.parse(new Source("t", SOUND)).orThrow())).isEqualTo(SOUND);
  }

  /** Each case is the sound text with one edit, and the one thing that is then wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tanh %x|tanh ?%x|UNEXPECTED_CHARACTER|?|unexpected",
        "%x : f64|% : f64|UNEXPECTED_CHARACTER|%|unexpected",
        "data(\"x\"),|data(\"x),|UNTERMINATED_TEXT|\"x),|no closing quote",
        "%y = tanh|%y tanh|SYNTAX|tanh|expected `=`",
        "%y = tanh %x :|%y = tanh %x|SYNTAX|tanh|1 results have 0 types",
        "count=3}|count=3|SYNTAX|:|expected `}`, found `:`",
        "repeat %y;; %w|repeat %y, %w|SYNTAX|repeat|`carried; invariant; stacked`",
        "tanh %x|tanh ;%x|SYNTAX|tanh|without `;`",
        "tanh|tahn|UNKNOWN_OP|tahn|did you mean `tanh`?",
        "reduce|frobnicate|UNKNOWN_OP|frobnicate|there is no op",
        "axes=|axs=|UNKNOWN_ATTRIBUTE|axs|did you mean `axes`?",
        "direction=forward|direction=forward, carried=1|UNKNOWN_ATTRIBUTE|carried|no attribute",
        "count=3|count=3, count=4|UNKNOWN_ATTRIBUTE|count|twice",
        "tanh %x|tanh %x {a=1}|UNKNOWN_ATTRIBUTE|{|has no attributes",
        ", count=3||MISSING_ATTRIBUTE|reduce|needs the attribute `count`",
        "count=3|count=three|BAD_ATTRIBUTE|three|attribute `count`: expected an integer",
        "count=3|count=3.5|BAD_ATTRIBUTE|3.5|not an integer",
        "function=sum|function=product|BAD_ATTRIBUTE|product|none of [sum, mean, max]",
        "axes=[b]|axes=b|BAD_ATTRIBUTE|b|expected `[`",
        "axis=n=4|axis=n=-4|BAD_TYPE|n=-4|dimension n=-4",
        "tanh %x|tanh %xx|UNDEFINED_VALUE|%xx|did you mean `%x`?",
        "mul %p, %v|mul %p, %w|UNDEFINED_VALUE|%w|not defined in this block",
        "yield %q|yield %y|UNDEFINED_VALUE|%y|not defined in this block",
        "output(\"z\") %z|output(\"z\") %zz|UNDEFINED_VALUE|%zz|not defined here",
        "%q = mul|%y = mul|REDEFINED_VALUE|%y|already",
        "axes=[b]|axes=[c]|TYPE_MISMATCH|%y|needs the axis `c`",
        "axis=n=4|axis=n=5|TYPE_MISMATCH|%w|repeat needs f64[n=5, b=3]",
        "mul %p, %v|mul %p|TYPE_MISMATCH|mul|takes 2 operands",
        "count=3} : f64[a=2]|count=3} : f64[a=4]|DECLARED_TYPE|f64[a=4]|makes f64[a=2] here",
        "%s = reduce|%s, %t = reduce|SYNTAX|reduce|2 results have 1 types",
        "tanh %x : f64[|tanh %x : f65[|BAD_TYPE|f65|none of [f64, f32, bf16, f16, i32]",
        "tanh %x : f64[a=2, b=3]|tanh %x : f64[a=2, a=3]|BAD_TYPE|f64[a=2, a=3]|occurs twice",
        "on [_, dp]|on [dp, dp]|BAD_SHARDING|[dp, dp]|used twice",
        "on [_, dp]|on [_, _] partial avg(dp)|BAD_SHARDING|avg|none of [sum, max, min]",
        "mesh [dp=2]|mesh [dp=0]|BAD_MESH|dp=0|mesh axis dp=0",
        "mesh [dp=2]|mesh [dp=2, dp=2]|BAD_MESH|[dp=2, dp=2]|occurs twice",
        "data(\"x\")|date(\"x\")|BAD_PORT|date|did you mean `data`?",
        "normal 0.1|gauss 0.1|BAD_PORT|gauss|not `gauss`",
        "normal 0.1|normal 0.1.2|SYNTAX|0.1.2|not a number",
        "data(\"x\")|data(\"x\", size 3)|SYNTAX|size|expected `bound`, `text`, `positions` or `step_key`",
        "[primitive]|[prim]|UNKNOWN_PROPERTY|prim|none of",
        "func @f(|func f(|SYNTAX|f|expected `@`",
        "func @f(|fun @f(|SYNTAX|fun|expected `func`",
        "mesh [dp=2]|nonsense|SYNTAX|nonsense|expected `func`",
      })
  void refuses(String old, String replacement, TextCode code, String underlined, String message) {
    assertThat(SOUND).contains(old);
    var edited = SOUND.replace(old, replacement == null ? "" : replacement);
    var checked = Parser.parse(new Source("t", edited));
    assertThat(checked.value()).isEmpty();
    var first = checked.diagnostics().getFirst();
    assertThat(first.code()).isEqualTo(code);
    assertThat(first.span().text()).isEqualTo(underlined);
    assertThat(first.message() + first.notes()).contains(message);
  }

  /** An error is reported once: nothing that only follows from it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tanh %x|tahn %x",
        "%y = tanh|%y tanh",
        "tanh %x : f64|tanh %x : f65",
        "axes=[b]|axes=[c]",
        "axis=n=4|axis=n=5",
        "%v: f64[b=3]|%v: f65[b=3]",
        "mul %p|mull %p",
        "yield %q|yield %r",
        "label=l|label=3",
      })
  void doesNotCascade(String old, String replacement) {
    var checked = Parser.parse(new Source("t", SOUND.replace(old, replacement)));
    assertThat(checked.diagnostics()).hasSize(1);
  }

  @Test
  void reportsEveryStatementInOneRun() {
    var edited =
        SOUND
            .replace("tanh", "tahn")
            .replace("count=3", "count=no")
            .replace("mul %p, %v", "mul %p, %nothing")
            .replace("%z\n}", "%zz\n}");
    assertThat(codes(edited))
        .containsExactly(
            TextCode.UNKNOWN_OP,
            TextCode.BAD_ATTRIBUTE,
            TextCode.UNDEFINED_VALUE,
            TextCode.UNDEFINED_VALUE);
  }

  @Test
  void readsOnAfterABrokenFunction() {
    var two = "func @g(%x f64[]) {\n  return\n}\n\nfunc @h() {\n  %y = nope : f64[]\n  return\n}\n";
    assertThat(codes(two)).containsExactly(TextCode.SYNTAX, TextCode.UNKNOWN_OP);
  }

  @Test
  void refusesTwoFunctionsOfOneName() {
    var two = "func @g() {\n  return\n}\nfunc @g() {\n  return\n}\n";
    assertThat(codes(two)).containsExactly(TextCode.DUPLICATE_FUNCTION);
  }

  @Test
  void layoutOfTheTextDoesNotMatter() {
    var squeezed = SOUND.replace("\n", " ").replaceAll(" +", " ");
    var commented = SOUND.replace("\n", " // comment % \" \n\n\t");
    for (var text : List.of(squeezed, commented)) {
      assertThat(Printer.print(Parser.parse(new Source("t", text)).orThrow())).isEqualTo(SOUND);
    }
  }

  @Test
  void nodesPointIntoTheText() {
    var module = Parser.parse(new Source("t", SOUND)).orThrow();
    assertThat(module.only().body().nodes())
        .extracting(n -> n.span().text())
        .startsWith("%y = tanh %x", "%s = reduce %y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "concat %x {from=[], to=a}",
        "merge %x {axes=[], axis=a}",
        "all_gather %x {axis=a, over=[tp], parts=0}",
        "shard_slice %x {axis=a, over=[tp], parts=0}",
        "broadcast %x {dims=[a=2, a=2]}",
        "contract %x {axes=[a, a]}",
        "one_hot %x {axis=a=2, offset=[], dtype=f64}",
      })
  void anOpNeverCrashesTheParser(String application) {
    var text =
        "func @f(%x: i32[a=2] data(\"x\")) {\n  %y = " + application + " : f64[a=2]\n  return\n}\n";
    assertThat(codes(text)).hasSize(1);
  }

  /** Text cut off anywhere is refused, never a crash. */
  @Test
  void everyPrefixIsReported() {
    for (int length = 1; length < SOUND.length() - 2; length++) {
      var checked = Parser.parse(new Source("t", SOUND.substring(0, length)));
      boolean header = length <= SOUND.indexOf("func");
      assertThat(checked.hasErrors() || header).as("prefix of " + length).isTrue();
    }
  }

  @Test
  void everyFaultHasItsOwnNumber() {
    assertThat(TextCode.values()).extracting(TextCode::id).doesNotHaveDuplicates();
  }

  private static List<Object> codes(String text) {
    return Parser.parse(new Source("t", text)).diagnostics().stream()
        .<Object>map(Diagnostic::code)
        .toList();
  }
}
