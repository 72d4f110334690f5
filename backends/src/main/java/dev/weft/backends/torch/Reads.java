package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who reads each value of a block. Aliases count as the value itself; nodes that become no
 * statement of their own (aliases, uniform values) read nothing.
 */
final class Reads {
  private final Map<Value, List<Read>> reads = new HashMap<>();

  /**
   * A use of a value.
   *
   * @param operand position among the reader's operands
   */
  record Read(Node reader, int operand) {
    /** Whether the reader is a loop that takes one slice after another. */
    boolean isSliceWise() {
      return reader.op() instanceof Repeat repeat
          && operand >= repeat.carried() + repeat.invariant();
    }
  }

  static Reads of(List<Node> nodes) {
    var reads = new Reads();
    nodes.stream().filter(Reads::isStatement).forEach(reads::add);
    return reads;
  }

  /** Whether a node computes something at its place. */
  static boolean isStatement(Node node) {
    return !Aliases.isAlias(node)
        && !(node.types().size() == 1 && Uniform.of(node.result(0)).isPresent());
  }

  List<Read> of(Value value) {
    return reads.getOrDefault(Aliases.canonical(value), List.of());
  }

  private void add(Node node) {
    for (int i = 0; i < node.operands().size(); i++) {
      var value = Aliases.canonical(node.operand(i));
      reads.computeIfAbsent(value, v -> new ArrayList<>()).add(new Read(node, i));
    }
  }
}
