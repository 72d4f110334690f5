package dev.weft.runtime.sample;

import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random applications of the ops that move elements. */
final class RearrangementCases {
  private RearrangementCases() {}

  static OpCase broadcast(Draw draw) {
    var dims = draw.dims("a", "b", "c", "d");
    var x = draw.tensor(draw.floats(draw.some(dims)));
    return OpCase.of(new Broadcast(draw.shuffled(dims)), x);
  }

  static OpCase concat(Draw draw) {
    var dims = draw.dims("a", "b");
    int at = draw.between(0, 2);
    var from = new ArrayList<String>();
    var operands = new ArrayList<Tensor>();
    for (int i = 0; i < draw.between(1, 3); i++) {
      var own = new ArrayList<>(dims);
      own.add(at, draw.dim("part" + i));
      from.add("part" + i);
      operands.add(draw.tensor(new TensorType(DType.F64, own)));
    }
    return new OpCase(new Concat(from.subList(0, operands.size()), "joined"), operands);
  }

  static OpCase merge(Draw draw) {
    var x = draw.tensor(new TensorType(DType.F64, draw.dims("a", "b", "c", "d")));
    return OpCase.of(new Merge(draw.oneOf(List.of("b", "c"), List.of("a", "b", "c")), "m"), x);
  }

  static OpCase split(Draw draw) {
    var parts = draw.dims("p", "q");
    long size = parts.get(0).size() * parts.get(1).size();
    var dims = new ArrayList<>(draw.dims("a", "b"));
    dims.add(draw.between(0, 2), new Dim("whole", size));
    return OpCase.of(new Split("whole", parts), draw.tensor(new TensorType(DType.F64, dims)));
  }

  static OpCase pack(Draw draw) {
    var operands =
        List.of(
            draw.abc(),
            draw.tensor(draw.floats(draw.dims("x"))),
            draw.tensor(draw.floats(List.of())));
    long size = operands.stream().mapToLong(Tensor::size).sum();
    return new OpCase(new Pack(new Dim("flat", size + draw.between(0, 3))), operands);
  }

  static OpCase unpack(Draw draw) {
    var parts = List.of(draw.floats(draw.dims("a", "b")), draw.floats(draw.dims("c")));
    long size = parts.stream().mapToLong(TensorType::elements).sum() + draw.between(0, 3);
    return OpCase.of(
        new Unpack(parts), draw.tensor(TensorType.of(DType.F64, new Dim("flat", size))));
  }

  static OpCase pad(Draw draw) {
    var x = draw.abc();
    int start = draw.between(0, 2);
    long size = start + x.type().dim("b").size() + draw.between(0, 2);
    return OpCase.of(new Pad("b", start, new Dim(draw.oneOf("b", "padded"), size)), x);
  }

  static OpCase slice(Draw draw) {
    var x = draw.abc();
    int size = (int) x.type().dim("b").size();
    int start = draw.between(0, size - 1);
    int length = draw.between(1, size - start);
    return OpCase.of(new Slice("b", start, new Dim(draw.oneOf("b", "part"), length)), x);
  }

  static OpCase rename(Draw draw) {
    return OpCase.of(new Rename("b", "z"), draw.abc());
  }

  static OpCase transpose(Draw draw) {
    var x = draw.tensor(draw.floats(draw.dims("a", "b", "c", "d")));
    return OpCase.of(new Transpose(draw.shuffled(x.type().axes())), x);
  }
}
