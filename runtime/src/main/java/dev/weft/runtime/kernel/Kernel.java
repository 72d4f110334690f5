package dev.weft.runtime.kernel;

import dev.weft.runtime.tensor.Tensor;

/** One op on operands of known types. */
public interface Kernel {
  /**
   * The results, each in a storage of its own.
   *
   * @param place where the device stands on the mesh
   * @param operands of the types that the kernel was made for
   */
  Tensor[] run(Place place, Tensor[] operands);

  /** A kernel with one result, whatever the device. */
  static Kernel pure(java.util.function.Function<Tensor[], Tensor> kernel) {
    return (place, operands) -> new Tensor[] {kernel.apply(operands)};
  }
}
