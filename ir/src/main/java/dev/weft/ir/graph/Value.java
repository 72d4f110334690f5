package dev.weft.ir.graph;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.Optional;

/** Something computed once: a parameter of a block or a result of a node. */
public sealed interface Value permits Param, Result {
  TensorType type();

  /** A hint for printing; not unique. */
  String name();

  /** How the value lies on the mesh, once a pass has decided. */
  Optional<Sharding> sharding();
}
