package dev.weft.passes.simplify;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** A local rewrite of an op with one result; empty means that it does not apply. */
interface Rule {
  /**
   * The value that the op would compute, made otherwise.
   *
   * @param type the type of the result
   */
  Optional<Value> rewrite(Op op, List<Value> operands, TensorType type, Builder builder);
}
