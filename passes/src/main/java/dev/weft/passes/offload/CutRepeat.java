package dev.weft.passes.offload;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.Copies;
import java.util.ArrayList;
import java.util.List;

/** Writes one repeat as two, over its first layers and over its last ones. */
final class CutRepeat {
  private final Node node;
  private final Repeat repeat;
  private final long cut;
  private final Halves values;
  private final Builder builder;
  private final List<Value> carried;
  private final List<List<Value>> stacked = new ArrayList<>();

  private CutRepeat(Node node, long cut, Halves values, Builder builder) {
    this.node = node;
    this.repeat = (Repeat) node.op();
    this.cut = cut;
    this.values = values;
    this.builder = builder;
    this.carried =
        new ArrayList<>(
            node.operands().subList(0, repeat.carried()).stream().map(values::whole).toList());
  }

  /**
   * @param cut the layers of the first part
   * @param values takes the results
   */
  static void write(Node node, long cut, Halves values, Builder builder) {
    new CutRepeat(node, cut, values, builder).write();
  }

  private void write() {
    boolean forward = repeat.direction() == Direction.FORWARD;
    write(forward ? 0 : 1);
    write(forward ? 1 : 0);
    for (int i = 0; i < node.results().size(); i++) {
      if (i < repeat.carried()) {
        values.put(node.result(i), carried.get(i));
      } else {
        var halves = stacked.get(i - repeat.carried());
        values.put(node.result(i), forward ? halves : halves.reversed());
      }
    }
  }

  private void write(int half) {
    long count = half == 0 ? cut : repeat.axis().size() - cut;
    int firstStacked = repeat.carried() + repeat.invariant();
    var operands = new ArrayList<Value>(carried);
    for (int i = repeat.carried(); i < node.operands().size(); i++) {
      var operand = node.operand(i);
      operands.add(i < firstStacked ? values.whole(operand) : values.part(operand, half, cut));
    }
    var op = repeat.withAxis(repeat.axis().resized(count));
    var body = Copies.of(node.bodies().getFirst());
    var copy = builder.node(node.names(), op, operands, List.of(body), node.shardings());
    for (int i = 0; i < node.results().size(); i++) {
      if (i < repeat.carried()) {
        carried.set(i, copy.result(i));
      } else {
        if (stacked.size() <= i - repeat.carried()) {
          stacked.add(new ArrayList<>());
        }
        stacked.get(i - repeat.carried()).add(copy.result(i));
      }
    }
  }
}
