package dev.weft.ir.text;

import dev.weft.ir.graph.Value;
import java.util.List;

/**
 * The operands of an application as they are written.
 *
 * @param tokens their names
 * @param values what the names stand for; empty when one of them stands for nothing
 * @param groupSizes how many operands stand between semicolons
 */
record Operands(List<Token> tokens, List<Value> values, List<Integer> groupSizes) {
  boolean isKnown() {
    return values.size() == tokens.size();
  }

  int groups() {
    return groupSizes.size();
  }

  int groupSize(int group) {
    return groupSizes.get(group);
  }
}
