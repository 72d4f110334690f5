package dev.weft.ir.graph;

import java.util.List;

/** An op that is a short program of primitive ops. Its gradient may be written by hand. */
public interface Composite extends Op {
  /** Emits the primitives that compute the results. */
  List<Value> expand(Builder builder, List<Value> operands);
}
