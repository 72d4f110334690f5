package dev.weft.runtime.tensor;

import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Cuts tensors into equal pieces along an axis, and joins them. */
public final class Pieces {
  private Pieces() {}

  /** Equal pieces along an axis, in order. */
  public static List<Tensor> cut(Tensor whole, String axis, int parts) {
    var result = new ArrayList<Tensor>();
    for (int i = 0; i < parts; i++) {
      result.add(piece(whole, axis, parts, i));
    }
    return result;
  }

  /** One of the equal pieces along an axis, in a storage of its own. */
  public static Tensor piece(Tensor whole, String axis, int parts, int index) {
    var type = whole.type();
    long size = type.dim(axis).size();
    if (size % parts != 0) {
      throw new IllegalArgumentException(type + " is not divisible into " + parts + " " + axis);
    }
    var pieceType = resized(type, axis, size / parts);
    int run = run(pieceType, axis);
    var values = new double[Math.toIntExact(pieceType.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole.get((i / run * parts + index) * run + i % run);
    }
    return Tensor.of(pieceType, values);
  }

  /** Equal pieces end to end along an axis. */
  public static Tensor join(List<Tensor> pieces, String axis) {
    var type = pieces.getFirst().type();
    int parts = pieces.size();
    int run = run(type, axis);
    var whole = resized(type, axis, type.dim(axis).size() * parts);
    var values = new double[Math.toIntExact(whole.elements())];
    for (int p = 0; p < parts; p++) {
      var piece = pieces.get(p);
      for (int i = 0; i < piece.size(); i++) {
        values[(i / run * parts + p) * run + i % run] = piece.get(i);
      }
    }
    return Tensor.of(whole, values);
  }

  /** The number of neighbouring elements that stay together. */
  private static int run(TensorType piece, String axis) {
    long run = 1;
    for (var dim : piece.dims().subList(piece.indexOf(axis), piece.rank())) {
      run *= dim.size();
    }
    return Math.toIntExact(run);
  }

  private static TensorType resized(TensorType type, String axis, long size) {
    return type.withDims(
        type.dims().stream().map(d -> d.axis().equals(axis) ? d.resized(size) : d).toList());
  }
}
