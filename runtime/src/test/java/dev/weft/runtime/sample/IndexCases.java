package dev.weft.runtime.sample;

import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.CausalMask.Hidden;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Random applications of the ops about places along an axis. */
final class IndexCases {
  private IndexCases() {}

  static OpCase crossEntropy(Draw draw) {
    var classes = draw.dim("classes");
    var places = draw.dims("a", "b");
    var logits = new ArrayList<>(places);
    logits.add(classes);
    return OpCase.of(
        new CrossEntropy("classes"),
        draw.tensor(draw.floats(logits)),
        draw.integers(draw.shuffled(places), 0, (int) classes.size() - 1));
  }

  static OpCase iota(Draw draw) {
    return OpCase.of(new Iota(draw.dim("a"), List.of()));
  }

  static OpCase lookup(Draw draw) {
    var table = new TensorType(DType.F64, draw.dims("row", "c", "d"));
    int rows = (int) table.dim("row").size();
    return OpCase.of(
        Lookup.WHOLE, draw.tensor(table), draw.integers(draw.dims("a", "b"), 0, rows - 1));
  }

  static OpCase lookupGrad(Draw draw) {
    var row = draw.dim("row");
    var ids = draw.dims("a", "b");
    var dims = new ArrayList<>(ids);
    dims.addAll(draw.dims("c", "d"));
    return OpCase.of(
        new LookupGrad(row, List.of()),
        draw.integers(ids, 0, (int) row.size() - 1),
        draw.tensor(draw.floats(dims)));
  }

  static OpCase oneHot(Draw draw) {
    var op = new OneHot(draw.dim("hot"), List.of(), draw.oneOf(DType.F64, DType.F32));
    return OpCase.of(op, draw.integers(draw.dims("a", "b"), -1, 5));
  }

  static OpCase pick(Draw draw) {
    var x = draw.abc();
    var places = x.type().without(List.of("b")).dims();
    return OpCase.of(
        new Pick("b", List.of()),
        x,
        draw.integers(draw.shuffled(places), 0, (int) x.type().dim("b").size() - 1));
  }

  /** Positions are those of a part: any integers. */
  static OpCase dropout(Draw draw) {
    var x = draw.abc();
    var operands = new ArrayList<>(List.of(x));
    int keys = draw.between(1, 3);
    for (int i = 0; i < keys; i++) {
      operands.add(draw.integers(List.of(), Integer.MIN_VALUE, Integer.MAX_VALUE - 1));
    }
    x.type().dims().forEach(d -> operands.add(draw.integers(List.of(d), 0, 1 << 20)));
    return new OpCase(new Dropout(draw.oneOf(0.1, 0.5, 0.9), draw.between(0, 99)), operands);
  }

  /** Of cotangents: what hides scores is infinite, and has no slope. */
  static OpCase causalMask(Draw draw) {
    var x = draw.abc();
    return OpCase.of(
        new CausalMask(Hidden.ZERO),
        x,
        draw.integers(List.of(x.type().dim("a")), 0, 9),
        draw.integers(List.of(x.type().dim("c")), 0, 9));
  }

  static OpCase relativeBucket(Draw draw) {
    return OpCase.of(
        new RelativeBucket(8, 32, draw.oneOf(RelativeBucket.Reach.values())),
        draw.integers(draw.dims("q"), 0, 99),
        draw.integers(draw.dims("s"), 0, 99));
  }

  static OpCase rope(Draw draw) {
    var dims = new ArrayList<>(draw.dims("a", "b"));
    dims.add(new Dim("feature", 2L * draw.between(1, 3)));
    var x = draw.tensor(draw.floats(dims));
    var positions = draw.integers(draw.shuffled(draw.some(dims.subList(0, 2))), 0, 50);
    return OpCase.of(new Rope("feature", 100, draw.oneOf(RopeDirection.values())), x, positions);
  }
}
