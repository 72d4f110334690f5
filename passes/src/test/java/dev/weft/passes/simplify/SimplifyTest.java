package dev.weft.passes.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Module;
import dev.weft.passes.core.Programs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule once where it fires and once where it must not. */
class SimplifyTest {
  private static final String X = "f64[batch=8, d=4]";
  private static final String XT = "f64[d=4, batch=8]";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "transpose to the same order vanishes       | reduce",
        "transpose to another order stays           | transpose,reduce",
        "two transposes are one                     | reduce",
        "renaming back vanishes                     | reduce",
        "renaming twice stays                       | rename,rename,reduce",
        "one times x is x                           | reduce",
        "a shift stays                              | affine,reduce",
        "two scales are one                         | affine,reduce",
        "scales with a shift between stay           | affine,affine,reduce",
        "adding zero vanishes                       | reduce",
        "adding one stays                           | fill,add,reduce",
        "a constant factor is a scale               | affine,reduce",
        "a factor that is no constant stays         | mul,reduce",
        "an implied broadcast vanishes              | mul,reduce",
        "a broadcast that makes the shape stays     | broadcast,reduce",
        "a contraction of nothing is a transpose    | transpose,reduce",
        "equal nodes are shared                     | exp,mul,reduce",
        "unequal nodes are not shared               | exp,tanh,mul,reduce",
        "what nobody reads is removed               | reduce"
      })
  void rule(String what, String ops) {
    var name = what.strip();
    var axes = name.contains("renaming twice") ? "[batch, e]" : "[batch, d]";
    var body =
        body(name) + "  %l = reduce %y {function=sum, axes=" + axes + ", count=32} : f64[]\n";
    var module = Module.of(Programs.onBatch(body, "l"));
    var simplified = new Simplify().run(module).orThrow();
    assertThat(Programs.ops(simplified)).isEqualTo(List.of(ops.strip().split(",")));
  }

  private static String body(String what) {
    return switch (what) {
      case "transpose to the same order vanishes" ->
          "  %y = transpose %x {axes=[batch, d]} : " + X + "\n";
      case "transpose to another order stays" ->
          "  %y = transpose %x {axes=[d, batch]} : " + XT + "\n";
      case "two transposes are one" ->
          "  %t = transpose %x {axes=[d, batch]} : "
              + XT
              + "\n  %y = transpose %t {axes=[batch, d]} : "
              + X
              + "\n";
      case "renaming back vanishes" ->
          "  %t = rename %x {from=d, to=e} : f64[batch=8, e=4]\n"
              + "  %y = rename %t {from=e, to=d} : "
              + X
              + "\n";
      case "renaming twice stays" ->
          "  %t = rename %x {from=d, to=f} : f64[batch=8, f=4]\n"
              + "  %y = rename %t {from=f, to=e} : f64[batch=8, e=4]\n";
      case "one times x is x" -> "  %y = affine %x {scale=1.0, shift=0.0} : " + X + "\n";
      case "a shift stays" -> "  %y = affine %x {scale=1.0, shift=1.0} : " + X + "\n";
      case "two scales are one" ->
          "  %t = affine %x {scale=2.0, shift=0.0} : "
              + X
              + "\n  %y = affine %t {scale=3.0, shift=0.0} : "
              + X
              + "\n";
      case "scales with a shift between stay" ->
          "  %t = affine %x {scale=2.0, shift=1.0} : "
              + X
              + "\n  %y = affine %t {scale=3.0, shift=0.0} : "
              + X
              + "\n";
      case "adding zero vanishes" -> constant(0) + "  %y = add %x, %c : " + X + "\n";
      case "adding one stays" -> constant(1) + "  %y = add %x, %c : " + X + "\n";
      case "a constant factor is a scale" -> constant(3) + "  %y = mul %c, %x : " + X + "\n";
      case "a factor that is no constant stays" -> "  %y = mul %x, %w : " + X + "\n";
      case "an implied broadcast vanishes" ->
          "  %b = broadcast %w {dims=[batch=8, d=4]} : " + X + "\n  %y = mul %x, %b : " + X + "\n";
      case "a broadcast that makes the shape stays" ->
          "  %y = broadcast %w {dims=[batch=8, d=4]} : " + X + "\n";
      case "a contraction of nothing is a transpose" ->
          "  %y = contract %x {axes=[d, batch]} : " + XT + "\n";
      case "equal nodes are shared" ->
          "  %a = exp %x : " + X + "\n  %b = exp %x : " + X + "\n  %y = mul %a, %b : " + X + "\n";
      case "unequal nodes are not shared" ->
          "  %a = exp %x : " + X + "\n  %b = tanh %x : " + X + "\n  %y = mul %a, %b : " + X + "\n";
      case "what nobody reads is removed" ->
          "  %a = exp %x : " + X + "\n  %y = affine %x {scale=1.0, shift=0.0} : " + X + "\n";
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static String constant(int value) {
    return "  %c = fill {value=" + value + ".0, type=" + X + "} : " + X + "\n";
  }
}
