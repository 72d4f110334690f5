package dev.weft.testsuite.property;

import dev.weft.ir.graph.Value;
import java.util.Optional;

/** One way to make a new value of those there are; empty where it does not apply. */
interface Step {
  Optional<Value> take(Draft draft);
}
