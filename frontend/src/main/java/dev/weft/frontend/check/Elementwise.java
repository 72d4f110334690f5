package dev.weft.frontend.check;

import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.UnaryFunction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The element-wise functions by name: an annotation reaches through them. */
final class Elementwise {
  private static final Map<String, UnaryFunction> UNARY =
      Arrays.stream(UnaryFunction.values())
          .collect(
              Collectors.toMap(
                  UnaryFunction::text, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private static final Map<String, BinaryFunction> BINARY =
      Map.of("maximum", BinaryFunction.MAX, "minimum", BinaryFunction.MIN);

  private Elementwise() {}

  static Optional<UnaryFunction> unary(String name) {
    return Optional.ofNullable(UNARY.get(name));
  }

  static Optional<BinaryFunction> binary(String name) {
    return Optional.ofNullable(BINARY.get(name));
  }

  static List<String> names() {
    return Stream.concat(UNARY.keySet().stream(), BINARY.keySet().stream().sorted()).toList();
  }
}
