package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Printer;
import dev.weft.ir.verify.Verifier;
import java.util.List;

/** Small programs and the code that they mean. */
final class Small {
  private static final String MODEL =
      """
      model m(model = 8, heads = 2, vocab = 16) {
        axis batch = 4, seq = 6
        axis key = model / heads
        input x: float[batch, seq, model]
        %s
      }
      %s
      """;

  private Small() {}

  /** The module of a file in which nothing is wrong, not even a little. */
  static CheckedModel check(String file, Options options) {
    var checked = Frontend.check(new Source("m.weft", file), options);
    assertThat(checked.diagnostics()).isEmpty();
    var model = checked.orThrow();
    assertThat(Verifier.verify(model.module())).isEmpty();
    return model;
  }

  static Module module(String statements, String declarations) {
    return check(MODEL.formatted(statements, declarations), Options.NONE).module();
  }

  /**
   * The code of a model with an input {@code x[batch, seq, model]}, without inputs and outputs: one
   * line for each node, loops with their bodies.
   */
  static List<String> code(String statements) {
    return code(statements, "");
  }

  static List<String> code(String statements, String declarations) {
    var printed = Printer.print(module(statements, declarations));
    return printed
        .lines()
        .map(String::strip)
        .dropWhile(line -> !line.startsWith(") {"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("return"))
        .toList();
  }

  /** The ops of a block in order, loops as {@code repeat(…)}. */
  static String ops(Block block) {
    var ops =
        block.nodes().stream()
            .map(
                node ->
                    node.op().name()
                        + String.join(
                            "", node.bodies().stream().map(b -> "(" + ops(b) + ")").toList()));
    return String.join(" ", ops.toList());
  }
}
