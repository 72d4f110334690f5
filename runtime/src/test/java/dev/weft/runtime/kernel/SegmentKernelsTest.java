package dev.weft.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.ir.op.Segments.Part;
import dev.weft.ir.op.Segments.Tally;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices of a mesh dp=2, tp=2, numbered dp-major; vectors are worked out by hand. */
class SegmentKernelsTest {
  private static final Mesh MESH = new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 2)));
  private static final List<String> DP = List.of("dp");
  private static final List<String> TP = List.of("tp");
  private static final List<String> NONE = List.of();

  /** Segments of 2 and 3 elements, and padding: 1 2 | 3 4 5 | 9, in shares of three. */
  @Test
  void aShareCountsItsPartOfASegment() {
    var segments = new Segments(List.of(Part.of(2), Part.of(3)), DP);
    assertThat(squares(segments, 0, 1, 2, 3)).containsExactly(5, 9);
    assertThat(squares(segments, 2, 4, 5, 9)).containsExactly(0, 16 + 25);
  }

  @Test
  void aPieceThatAllHaveIsCountedByTheFirst() {
    var once = new Part(2, 1, TP, Tally.HERE);
    var segments = new Segments(List.of(once, Part.of(1)), NONE);
    assertThat(squares(segments, 0, 1, 2, 3)).containsExactly(5, 9);
    assertThat(squares(segments, 1, 1, 2, 4)).containsExactly(0, 16);
    assertThat(squares(segments, 2, 1, 2, 3)).containsExactly(5, 9);
  }

  @Test
  void aWeightThatIsCountedElsewhereIsNotCounted() {
    var elsewhere = new Part(2, 1, NONE, Tally.ELSEWHERE);
    var segments = new Segments(List.of(elsewhere, Part.of(1)), NONE);
    assertThat(squares(segments, 0, 1, 2, 3)).containsExactly(0, 9);
  }

  /** A stack of two layers of two elements, in shares of three: 1 2 | 3 4 || 5 | 9. */
  @Test
  void layersOfAStackHaveSegmentsOfTheirOwn() {
    var stack = new Part(2, 2, NONE, Tally.HERE);
    var segments = new Segments(List.of(stack, Part.of(1)), DP);
    assertThat(segments.count()).isEqualTo(3);
    assertThat(squares(segments, 0, 1, 2, 3)).containsExactly(5, 9, 0);
    assertThat(squares(segments, 2, 4, 5, 9)).containsExactly(0, 16, 25);
  }

  /** Trust ratios 3/1 and, since one norm is 0, 1. */
  @Test
  void aStepIsAsLongAsItsWeightTrusts() {
    var segments = new Segments(List.of(Part.of(2), Part.of(1)), NONE);
    var vector = vector("flat", 4);
    var kernel = SegmentKernels.lamb(new LambUpdate(segments), vector);
    var sums = vector("segments", 2);
    var result =
        kernel.run(
            new Place(MESH, 0),
            new Tensor[] {
              Tensor.of(vector, 10, 20, 30, 7),
              Tensor.of(vector, 1, 2, 4, 100),
              Tensor.of(sums, 9, 0),
              Tensor.of(sums, 1, 16),
              Tensor.scalar(DType.F64, 0.5)
            });
    assertThat(result[0].toArray()).containsExactly(10 - 1.5, 20 - 3, 30 - 2, 7);
  }

  private static double[] squares(Segments segments, int device, double... values) {
    var sums = vector("segments", segments.count());
    var kernel = SegmentKernels.squares(new SegmentSquares(segments), sums);
    var x = Tensor.of(vector("flat", values.length), values);
    return kernel.run(new Place(MESH, device), new Tensor[] {x})[0].toArray();
  }

  private static TensorType vector(String axis, long size) {
    return TensorType.of(DType.F64, new Dim(axis, size));
  }
}
