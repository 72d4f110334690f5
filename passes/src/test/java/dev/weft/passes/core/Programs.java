package dev.weft.passes.core;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.ir.text.Printer;
import java.util.List;

/** Programs of the tests, written in IR text. */
public final class Programs {
  /** A residual MLP with a tied embedding, four times, on tokens. */
  public static final String MLP =
      """
      mesh []

      func @model(
        %wte: f64[vocab=256, model=16] weight("wte", normal 0.02),
        %wpe: f64[positions=4, model=16] weight("wpe", normal 0.02),
        %w1: f64[layers=4, model=16, ffn=32] weight("w1", normal 0.02),
        %w2: f64[layers=4, ffn=32, model=16] weight("w2", normal 0.02),
        %tokens: i32[batch=8, seq=4] data("tokens", bound 256, text 0),
        %labels: i32[batch=8, seq=4] data("labels", bound 256, text 1)
      ) {
        %e = lookup %wte, %tokens {offset=[]} : f64[batch=8, seq=4, model=16]
        %i = iota {axis=seq=4, offset=[]} : i32[seq=4]
        %p = lookup %wpe, %i {offset=[]} : f64[seq=4, model=16]
        %x = add %e, %p : f64[batch=8, seq=4, model=16]
        %z = repeat %x;; %w1, %w2 {label=blocks, axis=layers=4, direction=forward} (
          %y: f64[batch=8, seq=4, model=16],
          %v1: f64[model=16, ffn=32],
          %v2: f64[ffn=32, model=16]
        ) {
          %n, %r = normalize %y {axis=model, eps=1.0E-5, centering=mean} : f64[batch=8, seq=4, model=16], f64[batch=8, seq=4]
          %h = contract %n, %v1 {axes=[batch, seq, ffn]} : f64[batch=8, seq=4, ffn=32]
          %g = gelu %h : f64[batch=8, seq=4, ffn=32]
          %o = contract %g, %v2 {axes=[batch, seq, model]} : f64[batch=8, seq=4, model=16]
          %y2 = add %y, %o : f64[batch=8, seq=4, model=16]
          yield %y2
        } : f64[batch=8, seq=4, model=16]
        %l = contract %z, %wte {axes=[batch, seq, vocab]} : f64[batch=8, seq=4, vocab=256]
        %c, %lse = cross_entropy %l, %labels {axis=vocab} : f64[batch=8, seq=4], f64[batch=8, seq=4]
        %loss = reduce %c {function=mean, axes=[batch, seq], count=32} : f64[]
        return loss("loss") %loss
      }
      """;

  private Programs() {}

  public static Module module(String text) {
    return Parser.parse(new Source("test.ir", text)).orThrow();
  }

  public static Function function(String text) {
    return module(text).only();
  }

  /**
   * A function of one weight w[batch, d] and one input x[batch, d] whose last value is the loss.
   */
  public static Function onBatch(String body, String loss) {
    return function(
        """
        mesh []

        func @model(
          %w: f64[d=4] weight("w", constant 1.0),
          %x: f64[batch=8, d=4] data("x")
        ) {
        """
            + body
            + "  return loss(\"loss\") %"
            + loss
            + "\n}\n");
  }

  public static String text(Module module) {
    return Printer.print(module);
  }

  /** Every op of a function in program order, by name. */
  public static List<String> ops(Module module) {
    return module.only().body().allNodes().map(Node::op).map(op -> op.name()).toList();
  }
}
