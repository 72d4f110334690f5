package dev.weft.runtime.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.interp.LoneDevice;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.sample.Draw;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Placement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ops on a cut axis: the devices' pieces together are what one device gives on the whole. */
class OffsetsTest {
  private static final Mesh MESH = new Mesh(List.of(new MeshAxis("x", 2), new MeshAxis("y", 3)));

  /** The minor axis of the mesh is the major part of the cut: places must follow this order. */
  private static final List<String> OVER = List.of("y", "x");

  private static final Dim CLASSES = new Dim("c", 12);
  private static final Dim PIECE = new Dim("c", 2);
  private static final List<Dim> PLACES = List.of(new Dim("p", 5), new Dim("q", 4));
  private static final Draw DRAW = new Draw(7);
  private static final Tensor IDS = DRAW.integers(PLACES, 0, 11);

  @Test
  void positions() {
    var pieces = run(new Iota(PIECE, OVER), List.of());
    assertEqual(joined(pieces), alone(new Iota(CLASSES, List.of()), List.of()));
  }

  @Test
  void oneHot() {
    var pieces = run(new OneHot(PIECE, OVER, DType.F64), same(IDS));
    assertEqual(joined(pieces), alone(new OneHot(CLASSES, List.of(), DType.F64), List.of(IDS)));
  }

  @Test
  void rowsOfATable() {
    var table = DRAW.tensor(TensorType.of(DType.F64, CLASSES, new Dim("w", 3)));
    var pieces = run(new Lookup(OVER), cut(table), same(IDS));
    assertEqual(summed(pieces), alone(Lookup.WHOLE, List.of(table, IDS)));
  }

  @Test
  void cotangentOfATable() {
    var dims = new ArrayList<>(PLACES);
    dims.add(new Dim("w", 3));
    var dy = DRAW.tensor(new TensorType(DType.F64, dims));
    var pieces = run(new LookupGrad(PIECE, OVER), same(IDS), same(dy));
    assertEqual(joined(pieces), alone(new LookupGrad(CLASSES, List.of()), List.of(IDS, dy)));
  }

  @Test
  void pickedEntries() {
    var dims = new ArrayList<>(PLACES);
    dims.add(1, CLASSES);
    var x = DRAW.tensor(new TensorType(DType.F64, dims));
    var pieces = run(new Pick("c", OVER), cut(x), same(IDS));
    assertEqual(summed(pieces), alone(new Pick("c", List.of()), List.of(x, IDS)));
  }

  @SafeVarargs
  private static List<Tensor> run(Op op, List<Tensor>... operands) {
    var inputs = new ArrayList<List<Tensor>>();
    for (int device = 0; device < MESH.devices(); device++) {
      var own = new ArrayList<Tensor>();
      for (var operand : operands) {
        if (!operand.isEmpty()) {
          own.add(operand.get(device));
        }
      }
      inputs.add(own);
    }
    return new Grid(MESH).run(program(op, inputs.getFirst()), inputs).output(0);
  }

  private static Tensor alone(Op op, List<Tensor> operands) {
    return program(op, operands).run(new LoneDevice(), operands).getFirst();
  }

  private static Program program(Op op, List<Tensor> operands) {
    var builder = new Builder();
    var params = operands.stream().map(t -> builder.param("x", t.type())).toArray(Value[]::new);
    return Program.of(OpCase.function("op", builder, List.of(builder.emit(op, params))));
  }

  private static List<Tensor> same(Tensor tensor) {
    return java.util.Collections.nCopies(MESH.devices(), tensor);
  }

  private static List<Tensor> cut(Tensor whole) {
    var pieces = new ArrayList<Tensor>();
    for (int device = 0; device < MESH.devices(); device++) {
      pieces.add(new Placement(MESH).piece(whole, sharding(whole.type()), device));
    }
    return pieces;
  }

  private static Tensor joined(List<Tensor> pieces) {
    return new Placement(MESH).whole(pieces, sharding(pieces.getFirst().type()));
  }

  private static Sharding sharding(TensorType type) {
    return Sharding.replicated(type.rank()).withDim(type.indexOf("c"), OVER);
  }

  private static Tensor summed(List<Tensor> parts) {
    return Tensor.generate(
        parts.getFirst().type(), i -> parts.stream().mapToDouble(t -> t.get(i)).sum());
  }

  private static void assertEqual(Tensor actual, Tensor expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.toArray()).containsExactly(expected.toArray());
  }
}
