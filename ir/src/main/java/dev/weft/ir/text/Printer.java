package dev.weft.ir.text;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import java.util.stream.Collectors;

/**
 * Writes the canonical text of a module: equal modules have equal text, and {@link Parser} reads
 * back what was written.
 *
 * <pre>{@code
 * mesh [dp=2, tp=4]
 * properties [differentiated, sharded]
 *
 * func @loss(
 *   %wte: f64[vocab=256, model=64] weight("wte", normal 0.02) on [tp, _],
 *   %tokens: i32[batch=8, seq=32] data("tokens", bound 256, text 0) on [dp, _]
 * ) {
 *   %x = lookup %wte, %tokens {offset=[]} : f64[batch=8, seq=32, model=64] on [dp, _, _] partial sum(tp)
 *   return output("x") %x
 * }
 * }</pre>
 */
public final class Printer {
  private Printer() {}

  public static String print(Module module) {
    var out = new StringBuilder("mesh ").append(TypeText.of(module.mesh())).append('\n');
    if (!module.properties().isEmpty()) {
      var properties = module.properties().stream().sorted().map(Spelling::constant);
      out.append(properties.collect(Collectors.joining(", ", "properties [", "]\n")));
    }
    module.pipeline().ifPresent(axis -> out.append("pipeline ").append(axis).append('\n'));
    for (var function : module.functions()) {
      out.append('\n').append(print(function));
    }
    return out.toString();
  }

  public static String print(Function function) {
    return FunctionText.of(function);
  }
}
