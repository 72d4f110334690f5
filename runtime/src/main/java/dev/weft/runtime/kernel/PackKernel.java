package dev.weft.runtime.kernel;

import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Storage;
import dev.weft.runtime.tensor.Tensor;

/** Tensors laid end to end in a vector. Where they lie so already, the vector is a view of them. */
public final class PackKernel implements Kernel {
  private final TensorType type;

  public PackKernel(TensorType type) {
    this.type = type;
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    return new Tensor[] {inPlace(in) ? Tensor.over(type, in[0].storage()) : copy(in)};
  }

  /** Whether the operands, in order, begin a storage of the vector's size, and zeros end it. */
  private boolean inPlace(Tensor[] in) {
    var storage = in[0].storage();
    int next = 0;
    for (var tensor : in) {
      if (tensor.storage() != storage || tensor.offset() != next) {
        return false;
      }
      next += tensor.size();
    }
    return storage.size() == type.elements() && endsInZeros(storage, next);
  }

  private boolean endsInZeros(Storage storage, int from) {
    var flat = Tensor.over(type, storage);
    for (int i = from; i < flat.size(); i++) {
      if (flat.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private Tensor copy(Tensor[] in) {
    var flat = new double[Math.toIntExact(type.elements())];
    int next = 0;
    for (var tensor : in) {
      var x = Operand.of(tensor);
      System.arraycopy(x.values(), x.start(), flat, next, tensor.size());
      next += tensor.size();
    }
    return Tensor.of(type, flat);
  }
}
