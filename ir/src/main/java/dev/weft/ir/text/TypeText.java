package dev.weft.ir.text;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes types, shardings and meshes; {@link TypeReader} reads them. */
final class TypeText {
  private TypeText() {}

  static String of(TensorType type) {
    var text = type.dtype().text() + list(type.dims(), TypeText::of);
    return switch (type.space()) {
      case DEVICE -> text;
      case HOST -> text + " host";
    };
  }

  static String of(Dim dim) {
    return Spelling.name(dim.axis()) + "=" + dim.size();
  }

  static String of(Mesh mesh) {
    return list(mesh.axes(), axis -> Spelling.name(axis.name()) + "=" + axis.size());
  }

  /** {@code [dp, _, tp*sp] partial sum(ep)}. */
  static String of(Sharding sharding) {
    var cut = list(sharding.dims(), TypeText::axes);
    if (!sharding.isPartial()) {
      return cut;
    }
    var partial = sharding.partial().stream().map(Spelling::name).collect(Collectors.joining(", "));
    return cut + " partial " + Spelling.constant(sharding.combine()) + "(" + partial + ")";
  }

  static <T> String list(List<T> items, Function<? super T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String axes(List<String> axes) {
    return axes.isEmpty()
        ? "_"
        : axes.stream().map(Spelling::name).collect(Collectors.joining("*"));
  }
}
