package dev.weft.frontend.check;

import dev.weft.ir.op.ReduceFunction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The built-in functions by name, other than the element-wise ones. */
final class Builtins {
  private static final Map<String, Builtin> ALL =
      List.of(
              new ReduceCall("sum", ReduceFunction.SUM),
              new ReduceCall("mean", ReduceFunction.MEAN),
              new ReduceCall("max", ReduceFunction.MAX),
              new SoftmaxCall(),
              new NormalizeCall(),
              new DropoutCall(),
              new AttendCall(),
              new RotaryCall(),
              new PositionCall(),
              new RelativeBucketCall(),
              new CrossEntropyCall(),
              new ConcatCall(),
              new SplitCall(),
              new MergeCall(),
              new AtCall(),
              new TopCall(),
              new NonzeroCall(),
              new GatherCall(),
              new ScatterCall())
          .stream()
          .collect(
              Collectors.toMap(
                  Builtin::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private Builtins() {}

  static Optional<Builtin> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static Collection<String> names() {
    return ALL.keySet();
  }
}
