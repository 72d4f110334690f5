package dev.weft.runtime.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.sample.Draw;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Placement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What collectives give on meshes of up to eight devices, against whole tensors. */
class CollectivesTest {
  private static final Mesh LINE = mesh(new MeshAxis("x", 8));
  private static final Mesh SQUARE = mesh(new MeshAxis("x", 2), new MeshAxis("y", 3));
  private static final Mesh CUBE =
      mesh(new MeshAxis("x", 2), new MeshAxis("y", 2), new MeshAxis("z", 2));
  private static final Dim A = new Dim("a", 24);
  private static final Dim B = new Dim("b", 48);
  private static final TensorType WHOLE = TensorType.of(DType.F64, new Dim("r", 3), A, B);

  /** Meshes, and mesh axes to go over, in every order. */
  static List<Arguments> groups() {
    return List.of(
        Arguments.of(LINE, List.of("x")),
        Arguments.of(SQUARE, List.of("x")),
        Arguments.of(SQUARE, List.of("y")),
        Arguments.of(SQUARE, List.of("x", "y")),
        Arguments.of(SQUARE, List.of("y", "x")),
        Arguments.of(CUBE, List.of("y")),
        Arguments.of(CUBE, List.of("z", "x")),
        Arguments.of(CUBE, List.of("x", "y", "z")));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void gatheredPiecesAreTheWhole(Mesh mesh, List<String> over) {
    var whole = new Draw(1).tensor(WHOLE);
    var cut = cutAlong("b", over);
    var result = run(mesh, new AllGather("b", over, mesh.size(over)), pieces(mesh, whole, cut));
    for (var device : result.devices()) {
      assertEqual(device.outputs().getFirst(), whole);
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void slicesAreThePieces(Mesh mesh, List<String> over) {
    var whole = new Draw(2).tensor(WHOLE);
    var replicas = pieces(mesh, whole, Sharding.replicated(3));
    var result = run(mesh, new ShardSlice("a", over, mesh.size(over)), replicas);
    var expected = pieces(mesh, whole, cutAlong("a", over));
    for (int device = 0; device < mesh.devices(); device++) {
      assertEqual(result.output(0).get(device), expected.get(device));
    }
    assertThat(result.commBytesByKind()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void exchangeMovesTheCutToAnotherAxis(Mesh mesh, List<String> over) {
    var whole = new Draw(3).tensor(WHOLE);
    var op = new AllToAll("b", "a", over, mesh.size(over));
    var result = run(mesh, op, pieces(mesh, whole, cutAlong("a", over)));
    var expected = pieces(mesh, whole, cutAlong("b", over));
    for (int device = 0; device < mesh.devices(); device++) {
      assertEqual(result.output(0).get(device), expected.get(device));
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void everyMemberReceivesTheSum(Mesh mesh, List<String> over) {
    var operands = different(mesh);
    for (var combine : Combine.values()) {
      var result = run(mesh, new AllReduce(combine, over, mesh.size(over)), operands);
      for (int device = 0; device < mesh.devices(); device++) {
        assertEqual(
            result.output(0).get(device), combined(combine, operands, mesh.group(device, over)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void everyMemberReceivesItsPieceOfTheSum(Mesh mesh, List<String> over) {
    var operands = different(mesh);
    var op = new ReduceScatter("a", Combine.SUM, over, mesh.size(over));
    var result = run(mesh, op, operands);
    var placement = new Placement(mesh);
    for (int device = 0; device < mesh.devices(); device++) {
      var sum = combined(Combine.SUM, operands, mesh.group(device, over));
      assertEqual(result.output(0).get(device), placement.piece(sum, cutAlong("a", over), device));
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void bytesAreCounted(Mesh mesh, List<String> over) {
    int n = mesh.size(over);
    long bytes = WHOLE.bytes();
    var operands = different(mesh);
    assertSent(mesh, new AllReduce(Combine.SUM, over, n), operands, 2 * (n - 1) * bytes / n);
    assertSent(mesh, new ReduceScatter("a", Combine.SUM, over, n), operands, (n - 1) * bytes / n);
    assertSent(mesh, new AllGather("b", over, n), operands, (n - 1) * bytes);
    assertSent(mesh, new AllToAll("b", "a", over, n), operands, (n - 1) * bytes / n);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void runsAreEqualToTheBit(Mesh mesh, List<String> over) {
    var operands = different(mesh);
    var op = new AllReduce(Combine.SUM, over, mesh.size(over));
    var first = run(mesh, op, operands);
    for (int i = 0; i < 5; i++) {
      var again = run(mesh, op, operands);
      for (int device = 0; device < mesh.devices(); device++) {
        assertEqual(again.output(0).get(device), first.output(0).get(device));
      }
    }
  }

  private static <T extends Op & Collective> void assertSent(
      Mesh mesh, T op, List<Tensor> operands, long bytesEach) {
    var result = run(mesh, op, operands);
    for (var device : result.devices()) {
      assertThat(device.traffic()).containsOnlyKeys(op.kind());
      assertThat(device.traffic().get(op.kind())).isEqualTo(new Traffic(1, bytesEach));
    }
    assertThat(result.commBytesByKind()).containsEntry(op.kind(), bytesEach * mesh.devices());
  }

  private static GridResult run(Mesh mesh, Op op, List<Tensor> operands) {
    var builder = new Builder();
    var x = builder.param("x", operands.getFirst().type());
    var function = OpCase.function("collective", builder, List.of(builder.emit(op, x)));
    return new Grid(mesh).run(Program.of(function), operands.stream().map(List::of).toList());
  }

  private static Tensor combined(Combine combine, List<Tensor> operands, List<Integer> group) {
    var members = group.stream().map(operands::get).toList();
    return Tensor.generate(
        WHOLE,
        i ->
            members.stream()
                .mapToDouble(t -> t.get(i))
                .reduce(
                    switch (combine) {
                      case SUM -> Double::sum;
                      case MAX -> Math::max;
                      case MIN -> Math::min;
                    })
                .orElseThrow());
  }

  private static List<Tensor> different(Mesh mesh) {
    var operands = new ArrayList<Tensor>();
    for (int device = 0; device < mesh.devices(); device++) {
      operands.add(new Draw(100 + device).tensor(WHOLE));
    }
    return operands;
  }

  private static List<Tensor> pieces(Mesh mesh, Tensor whole, Sharding sharding) {
    var pieces = new ArrayList<Tensor>();
    for (int device = 0; device < mesh.devices(); device++) {
      pieces.add(new Placement(mesh).piece(whole, sharding, device));
    }
    return pieces;
  }

  private static Sharding cutAlong(String axis, List<String> over) {
    return Sharding.replicated(3).withDim(WHOLE.indexOf(axis), over);
  }

  private static void assertEqual(Tensor actual, Tensor expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.toArray()).containsExactly(expected.toArray());
  }

  private static Mesh mesh(MeshAxis... axes) {
    return new Mesh(List.of(axes));
  }
}
