package dev.weft.runtime.sample;

import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random applications of the ops that choose entries, and carry them to places and back. */
final class ChoosingCases {
  private ChoosingCases() {}

  /** Scores with ties are integers: they have no slope. */
  static OpCase topK(Draw draw) {
    var x = draw.abc();
    var dims = x.type().dims();
    var scores = draw.chance() ? draw.tensor(x.type()) : draw.integers(dims, 0, 2);
    int count = draw.between(1, (int) x.type().dim("b").size());
    return OpCase.of(new TopK("b", count), x, scores);
  }

  static OpCase nonzero(Draw draw) {
    var dims = draw.shuffled(draw.dims("a", "b", "c"));
    var mask = draw.integers(dims, draw.between(-1, 0), 1);
    var numbers = Tensor.generate(mask.type().withDType(DType.F64), i -> 0.3 * mask.get(i));
    return OpCase.of(new Nonzero("b", draw.dim("slots")), draw.oneOf(mask, numbers));
  }

  static OpCase gather(Draw draw) {
    var common = draw.dims("a", "b");
    var place = draw.dim("place");
    var x = new ArrayList<>(common);
    x.add(place);
    x.addAll(draw.dims("c", "d"));
    var ids = new ArrayList<>(draw.some(common));
    ids.addAll(draw.some(draw.dims("e", "f")));
    return OpCase.of(
        new Gather("place"),
        draw.tensor(draw.floats(x)),
        draw.integers(draw.shuffled(ids), Nonzero.NOWHERE, (int) place.size() - 1));
  }

  /** Some axes of the ids are summed over. */
  static OpCase scatter(Draw draw) {
    var ids = draw.some(draw.dims("a", "b", "e"));
    var rows = draw.some(draw.dims("c", "d"));
    var place = draw.dim("place");
    var y = new ArrayList<>(ids);
    y.addAll(rows);
    var axes = new ArrayList<>(List.of("place"));
    draw.some(ids).forEach(d -> axes.add(d.axis()));
    rows.stream().map(Dim::axis).forEach(axes::add);
    return OpCase.of(
        new Scatter(place, draw.shuffled(axes)),
        draw.tensor(draw.floats(y)),
        draw.integers(draw.shuffled(ids), Nonzero.NOWHERE, (int) place.size() - 1));
  }
}
