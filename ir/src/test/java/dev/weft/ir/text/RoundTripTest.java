package dev.weft.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.op.OpSamples;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  @Test
  void everyPrimitiveHasASample() {
    var sampled =
        OpSamples.all().stream().<Object>map(s -> s.op().getClass()).collect(Collectors.toSet());
    assertThat(sampled).contains((Object[]) Primitive.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("dev.weft.ir.op.OpSamples#all")
  void everyOpReadsBack(OpSamples.Sample sample) {
    assertReadsBack(Modules.of(sample));
  }

  @ParameterizedTest
  @MethodSource("dev.weft.ir.op.OpSamples#all")
  void everyOpIsNamedInTheRegistry(OpSamples.Sample sample) {
    assertThat(OpRegistry.names()).contains(sample.op().name());
  }

  @Test
  void layoutsReadBack() {
    assertReadsBack(Modules.sharded());
  }

  @Test
  void printsTheCanonicalForm() {
    assertThat(Printer.print(Modules.sharded()))
        .isEqualTo(
            """
            mesh [dp=2, tp=4]
            properties [primitive, sharded]

            func @model(
              %wte: f64[vocab=256, model=64] weight("wte", normal 0.02) on [tp, _],
              %bias: f64[layers=3, model=64] weight("blocks.bias", constant 0.0) on [_, _],
              %tokens: i32[batch=8, seq=32] data("tokens", bound 256, text 1) on [dp, _]
            ) {
              %x = lookup %wte, %tokens {offset=[]} : f64[batch=8, seq=32, model=64] on [dp, _, _] partial sum(tp)
              %x.1 = reshard %x {target=[dp, _, _]} : f64[batch=8, seq=32, model=64] on [dp, _, _]
              %x.2 = repeat %x.1;; %bias {label=blocks, axis=layers=3, direction=forward} (
                %x.3: f64[batch=8, seq=32, model=64] on [dp, _, _],
                %bias.1: f64[model=64] on [_]
              ) {
                %x.4 = add %x.3, %bias.1 : f64[batch=8, seq=32, model=64] on [dp, _, _]
                yield %x.4
              } : f64[batch=8, seq=32, model=64] on [dp, _, _]
              %loss = reduce %x.2 {function=mean, axes=[batch, seq, model], count=16384} : f64[] on [] partial sum(dp)
              return
                loss("loss") %loss,
                output("x") %x.2
            }
            """);
  }

  @Test
  void everyPortReadsBack() {
    var b = new Builder();
    var weights =
        List.of(
            new Port.Weight("w", new Init.Normal(0.02)),
            new Port.Weight("a \"b\"\\\n\u0001é", new Init.Uniform(1e-9)),
            new Port.Weight("c", new Init.Constant(-0.0)));
    var inputs = new java.util.ArrayList<Port>(weights);
    inputs.add(new Port.State("m"));
    inputs.add(new Port.Step("step"));
    inputs.add(Modules.data("d"));
    var fed =
        List.of(
            new Port.Data("p", OptionalLong.empty(), new Port.Feed.Positions()),
            new Port.Data("k", OptionalLong.of(9), new Port.Feed.StepKey()),
            new Port.Data("t", OptionalLong.of(9), new Port.Feed.Text(1)));
    inputs.addAll(fed);
    inputs.forEach(port -> b.param(port.name(), OpSamples.f64("a=2")));
    var block = b.build(List.copyOf(b.build(List.of()).params()));
    var outputs =
        List.<Port>of(
            new Port.Loss("loss"),
            new Port.Output("o"),
            new Port.Gradient("w"),
            new Port.State("m"),
            new Port.Step("step"),
            Modules.data("d"),
            fed.get(0),
            fed.get(1),
            fed.get(2));
    var function = new Function("odd name", inputs, block, outputs);
    assertReadsBack(new Module(Modules.MESH, List.of(function), EnumSet.allOf(Property.class)));
  }

  @Test
  void emptyAndSeveralFunctionsReadBack() {
    var empty = new Function("none", List.of(), new Builder().build(List.of()), List.of());
    var other = new Function("other", List.of(), new Builder().build(List.of()), List.of());
    assertReadsBack(new Module(Modules.MESH, List.of(empty, other), Set.of()));
    assertReadsBack(new Module(Modules.MESH, List.of(), Set.of()));
  }

  @Test
  void hintsSurvive() {
    var text = Printer.print(Modules.chain(12));
    var read = Parser.parse(new Source("chain", text)).orThrow();
    assertThat(read.only().body().nodes())
        .allSatisfy(n -> assertThat(n.names()).containsExactly("x"));
    assertThat(text).contains("%x.12 = tanh %x.11 :");
  }

  @Test
  void aHintThatLooksLikeASuffixIsKept() {
    var b = new Builder();
    var first = b.param("x.1", OpSamples.f64());
    var second = b.param("x", OpSamples.f64());
    var third = b.param("x", OpSamples.type(DType.F32));
    var inputs = List.<Port>of(Modules.data("a"), Modules.data("b"), Modules.data("c"));
    var outputs = List.<Port>of(new Port.Output("a"), new Port.Output("b"), new Port.Output("c"));
    var function = new Function("f", inputs, b.build(List.of(third, first, second)), outputs);
    assertReadsBack(Module.of(function));
  }

  @Test
  void theLocaleDoesNotMatter() {
    var before = Locale.getDefault();
    var expected = OpSamples.all().stream().map(s -> Printer.print(Modules.of(s))).toList();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
      assertThat(OpSamples.all().stream().map(s -> Printer.print(Modules.of(s))).toList())
          .isEqualTo(expected);
      assertReadsBack(Modules.sharded());
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertReadsBack(Module module) {
    var text = Printer.print(module);
    var read = Parser.parse(new Source("test", text)).orThrow();
    assertThat(StructuralEquality.difference(module, read)).isEmpty();
    assertThat(Printer.print(read)).isEqualTo(text);
  }
}
