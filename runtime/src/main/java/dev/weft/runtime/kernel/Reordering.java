package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** A tensor's elements in another order of its axes; nothing is copied where the order is right. */
final class Reordering {
  private final Copying copying;
  private final boolean inOrder;
  private final int size;

  /**
   * @param dims the wanted dimensions: those of the type in any order, and others along which the
   *     elements are repeated
   */
  Reordering(TensorType type, List<Dim> dims) {
    var wanted = type.withDims(dims);
    this.copying = new Copying(dims, type, wanted);
    this.inOrder = withoutUnits(type.dims()).equals(withoutUnits(dims));
    this.size = Math.toIntExact(wanted.elements());
  }

  /** The elements of a tensor. */
  Operand run(Tensor tensor) {
    var operand = Operand.of(tensor);
    return inOrder ? operand : new Operand(copy(operand), 0);
  }

  /** The elements of an array that begins with the first. */
  double[] run(double[] values) {
    return inOrder ? values : copy(new Operand(values, 0));
  }

  private double[] copy(Operand operand) {
    var values = new double[size];
    copying.run(operand.values(), operand.start(), values, 0);
    return values;
  }

  private static List<Dim> withoutUnits(List<Dim> dims) {
    return dims.stream().filter(d -> d.size() != 1).toList();
  }
}
