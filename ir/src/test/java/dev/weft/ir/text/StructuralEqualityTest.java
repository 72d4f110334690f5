package dev.weft.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuralEqualityTest {
  private static final String TEXT =
      """
      mesh [dp=2]

      func @f(
        %x: f64[a=2] data("x"),
        %w: f64[n=4, a=2] weight("w", normal 0.1) on [_, dp]
      ) {
        %y = tanh %x : f64[a=2]
        %e = exp %x : f64[a=2]
        %z = repeat %y;; %w {label=l, axis=n=4, direction=forward} (
          %p: f64[a=2],
          %v: f64[a=2] on [_]
        ) {
          %q = mul %p, %v : f64[a=2] on [_]
          yield %q
        } : f64[a=2]
        return
          output("z") %z,
          output("e") %e
      }
      """;

  @Test
  void namesDoNotCount() {
    var renamed = TEXT.replace("%", "%v_").replace("%v_y", "%other");
    assertThat(StructuralEquality.difference(parse(TEXT), parse(renamed))).isEmpty();
    assertThat(StructuralEquality.equal(parse(TEXT), parse(renamed))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "mesh [dp=2]|mesh [dp=4]|mesh",
        "mesh [dp=2]|mesh [dp=2] properties [primitive]|properties",
        "func @f|func @g|functions",
        "data(\"x\")|data(\"other\")|inputs",
        "normal 0.1|normal 0.2|inputs",
        "output(\"z\")|output(\"y\")|outputs",
        "on [_, dp]|on [dp, _]|layout of %w",
        "on [_, dp]||layout of %w",
        "%q = mul %p, %v : f64[a=2] on [_]|%q = mul %p, %v : f64[a=2] on [dp]|layout of %q",
        "tanh|cos|nodes",
        "label=l|label=m|op",
        "mul %p, %v|mul %v, %p|operands of mul",
        "exp %x|exp %y|operands of exp",
        "yield %q|yield %v|yields",
        "output(\"e\") %e|output(\"e\") %y|yields",
      })
  void everythingElseCounts(String old, String replacement, String difference) {
    var edited = TEXT.replace(old, replacement == null ? "" : replacement);
    var found = StructuralEquality.difference(parse(TEXT), parse(edited));
    assertThat(found).hasValueSatisfying(words -> assertThat(words).contains(difference));
  }

  @Test
  void typesCount() {
    var other = TEXT.replace("f64", "f32");
    assertThat(StructuralEquality.difference(parse(TEXT), parse(other)))
        .hasValueSatisfying(words -> assertThat(words).contains("type of %x"));
  }

  private static Module parse(String text) {
    return Parser.parse(new Source("t", text)).orThrow();
  }
}
