package dev.weft.ir.op;

import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Questions about named dimensions that several ops ask of their operands. */
final class Dims {
  private Dims() {}

  static void requireCount(String op, List<TensorType> operands, int count) {
    if (operands.size() != count) {
      throw new TypeMismatch(op + " takes " + count + " operands, not " + operands.size());
    }
  }

  static void requireInteger(String op, List<TensorType> operands, int index) {
    if (operands.get(index).dtype() != DType.I32) {
      throw new TypeMismatch(
          index, op + " needs i32 here, not " + operands.get(index).dtype().text());
    }
  }

  static Dim require(String op, List<TensorType> operands, int index, String axis) {
    var type = operands.get(index);
    return type.find(axis)
        .orElseThrow(
            () ->
                new TypeMismatch(
                    index,
                    op + " needs the axis `" + axis + "`, which " + type + " does not bear"));
  }

  /** All operands have one element type, and an axis has one size wherever it occurs. */
  static void requireAgreement(List<TensorType> operands) {
    for (int i = 0; i < operands.size(); i++) {
      var type = operands.get(i);
      if (type.dtype() != operands.getFirst().dtype()) {
        throw new TypeMismatch(
            i,
            "element types differ: "
                + operands.getFirst().dtype().text()
                + " and "
                + type.dtype().text());
      }
    }
    requireCommonSizes(operands);
  }

  /** An axis has one size wherever it occurs. */
  static void requireCommonSizes(List<TensorType> operands) {
    var sizes = new HashMap<String, Long>();
    for (int i = 0; i < operands.size(); i++) {
      requireSizes(sizes, operands.get(i), i);
    }
  }

  private static void requireSizes(HashMap<String, Long> sizes, TensorType type, int operand) {
    for (var dim : type.dims()) {
      var before = sizes.putIfAbsent(dim.axis(), dim.size());
      if (before != null && before != dim.size()) {
        throw new TypeMismatch(
            operand,
            "axis `" + dim.axis() + "` is " + dim.size() + " here but " + before + " before");
      }
    }
  }

  static Dim find(List<TensorType> operands, String axis) {
    for (var type : operands) {
      var dim = type.find(axis);
      if (dim.isPresent()) {
        return dim.get();
      }
    }
    throw new TypeMismatch("no operand bears the axis `" + axis + "`");
  }

  /** The dims of a broadcast: the larger operand's order, else the first's and then the rest. */
  static List<Dim> union(TensorType a, TensorType b) {
    if (b.axes().containsAll(a.axes())) {
      return b.axes().size() == a.axes().size() ? a.dims() : b.dims();
    }
    var dims = new ArrayList<>(a.dims());
    b.dims().stream().filter(d -> !a.bears(d.axis())).forEach(dims::add);
    return dims;
  }

  /** The dims with one replaced by others. */
  static List<Dim> replace(List<Dim> dims, String axis, List<Dim> by) {
    var result = new ArrayList<Dim>();
    for (var dim : dims) {
      if (dim.axis().equals(axis)) {
        result.addAll(by);
      } else {
        result.add(dim);
      }
    }
    return result;
  }

  /** One of equal pieces of a dimension. */
  static Dim piece(String op, Dim dim, int parts) {
    if (dim.size() % parts != 0) {
      throw new TypeMismatch(0, op + ": axis " + dim + " is not divisible by " + parts);
    }
    return dim.resized(dim.size() / parts);
  }
}
