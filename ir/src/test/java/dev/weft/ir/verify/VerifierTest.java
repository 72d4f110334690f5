package dev.weft.ir.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Module;
import dev.weft.ir.op.OpSamples;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Modules;
import dev.weft.ir.text.Parser;
import dev.weft.ir.text.Printer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
  @ParameterizedTest
  @MethodSource("dev.weft.ir.op.OpSamples#all")
  void everySampleIsWellTyped(OpSamples.Sample sample) {
    assertThat(codes(Modules.of(sample)))
        .doesNotContain(
            VerifyCode.UNDEFINED_VALUE, VerifyCode.REFUSED_OPERANDS, VerifyCode.WRONG_TYPE);
  }

  @Test
  void acceptsASoundModule() {
    assertThat(Verifier.verify(Modules.sharded())).isEmpty();
    Verifier.requireValid(Modules.sharded(), "nothing");
  }

  /** Each case is the sound module with one edit of its text, and what the edit breaks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lookup %wte, %tokens {offset=[]} : f64[batch=8, seq=32, model=64] on [dp, _, _] partial"
            + " sum(tp)|lookup %wte, %tokens {offset=[]} : f64[batch=8, seq=32, model=64] on [dp,"
            + " _, _]|FACTOR_LAYOUT",
        "partial sum(tp)|partial max(tp)|FACTOR_LAYOUT",
        "partial sum(dp)|partial sum(dp, tp)|FACTOR_LAYOUT",
        "bound 256, text 1) on [dp, _]|bound 256, text 1) on [_, dp]|FACTOR_LAYOUT",
        "reshard %x {target=[dp, _, _]}|reshard %x {target=[_, _, _]}|FACTOR_LAYOUT",
        "reshard %x {target=[dp, _, _]}|affine %x {scale=0.25, shift=0.0}|FACTOR_LAYOUT",
        "%bias.1: f64[model=64] on [_]|%bias.1: f64[model=64] on [tp]|FACTOR_LAYOUT",
        "constant 0.0) on [_, _]|constant 0.0) on [_, tp]|LOOP_LAYOUT",
        "on [tp, _]|on [tp]|LAYOUT_RANK",
        "on [tp, _]|on [pp, _]|UNKNOWN_MESH_AXIS",
        "partial sum(tp)|partial sum(pp)|UNKNOWN_MESH_AXIS",
        "target=[dp, _, _]|target=[pp, _, _]|FACTOR_LAYOUT",
        "constant 0.0) on [_, _]|constant 0.0) on [tp, _]|INDIVISIBLE",
        "constant 0.0) on [_, _]|constant 0.0)|NO_LAYOUT",
        "%x.3: f64[batch=8, seq=32, model=64] on [dp, _, _]"
            + "|%x.3: f64[batch=8, seq=32, model=64]"
            + "|NO_LAYOUT",
        "{offset=[]}|{offset=[tp]}|LOCAL_OP_BEFORE_LOWERING",
        "[primitive, sharded]|[primitive, sharded, lowered]|RESHARD_AFTER_LOWERING",
        "loss(\"loss\")|weight(\"loss\", normal 1)|UNPAIRED_PORT",
        "output(\"x\")|loss(\"x\")|PORT_TYPE",
        "output(\"x\")|data(\"x\")|PORT_DIRECTION",
        "output(\"x\")|gradient(\"x\")|UNPAIRED_PORT",
        "output(\"x\")|gradient(\"wte\")|PORT_TYPE",
        "weight(\"wte\", normal 0.02)|output(\"wte\")|PORT_DIRECTION",
        "weight(\"wte\", normal 0.02)|weight(\"blocks.bias\", normal 0.02)|REPEATED_PORT",
        "weight(\"wte\", normal 0.02)|data(\"wte\", bound 3)|PORT_TYPE",
        "weight(\"wte\", normal 0.02)|step(\"wte\")|PORT_TYPE",
      })
  void findsWhatAnEditBreaks(String old, String replacement, VerifyCode broken) {
    var text = Printer.print(Modules.sharded());
    assertThat(text).contains(old);
    var edited = Parser.parse(new Source("edited", text.replace(old, replacement)));
    assertThat(codes(edited.orThrow())).contains(broken);
  }

  private static List<Code> codes(Module module) {
    return Verifier.verify(module).stream().map(Diagnostic::code).toList();
  }
}
