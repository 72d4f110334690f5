package dev.weft.passes.cost;

import static dev.weft.passes.cost.Sketch.BYTES;
import static dev.weft.passes.cost.Sketch.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.Dim;
import dev.weft.passes.core.Programs;
import dev.weft.passes.pipeline.Pipelines;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the memory at a peak is for. */
class TermsTest {
  private static final Affine SCALE = Affine.scale(2);
  private static final Port LOSS = new Port.Loss("loss");
  private static final Port GRADIENT = new Port.Gradient("w");
  private final Sketch f = new Sketch();

  private static Terms terms(Function function) {
    var use = MemoryUse.ofFunction(Module.of(function), function);
    assertThat(use.terms().total()).isEqualTo(use.peakBytes());
    return use.terms();
  }

  @Test
  void whatTheForwardKeepsIsAnActivation() {
    var w = f.weight(X);
    var h = f.b.emit(SCALE, w);
    var loss = f.b.emit(SCALE, h);
    var seed = f.b.emit(new Fill(1, X));
    var gradient = f.b.emit(Binary.MUL, h, seed);
    var terms = terms(f.yielding("grads", List.of(LOSS, GRADIENT), List.of(loss, gradient)));
    assertThat(terms).isEqualTo(new Terms(0, BYTES, 0, BYTES, 2 * BYTES));
  }

  @Test
  void withoutABackwardNothingIsKept() {
    var loss = f.b.emit(SCALE, f.b.emit(SCALE, f.weight(X)));
    assertThat(terms(f.yielding("model", List.of(LOSS), List.of(loss))).activations()).isZero();
  }

  /** A gradient is one from where it is made, through sums and packing. */
  @Test
  void gradientsAreKnownByWhatBecomesOfThem() {
    var part = f.b.emit(new Fill(1, X));
    var sum = f.b.emit(Binary.ADD, part, f.b.emit(new Fill(0, X)));
    var flat = f.b.emit(new Pack(new Dim("flat", 10)), sum);
    var terms = terms(f.yielding("grads", List.of(GRADIENT), List.of(flat)));
    assertThat(terms).isEqualTo(new Terms(0, 2 * BYTES, 0, 0, 0));
  }

  /** What a product is made of is no gradient, even if the product is. */
  @Test
  void factorsOfAGradientAreBuffers() {
    var gradient = f.b.emit(Binary.MUL, f.b.emit(new Fill(1, X)), f.data(X));
    var terms = terms(f.yielding("grads", List.of(GRADIENT), List.of(gradient)));
    assertThat(terms).isEqualTo(new Terms(0, BYTES, 0, 0, 2 * BYTES));
  }

  /** New weights are weights, and packing them is a view; state is the optimizer's. */
  @Test
  void weightsAndStateAreKnownByTheirPorts() {
    var w = f.weight(X);
    var v = f.input(new Port.State("v"), X);
    var packed = f.b.emit(new Pack(new Dim("a", 10)), w);
    var scaled = f.b.emit(SCALE, packed);
    var fresh = f.b.node("w", new Unpack(List.of(X)), List.of(scaled), List.of()).result();
    var next = f.b.emit(SCALE, v);
    var outputs = List.of(f.yielding("f").inputs().getFirst(), new Port.State("v"));
    var terms = terms(f.yielding("step", outputs, List.of(fresh, next)));
    assertThat(terms).isEqualTo(new Terms(2 * BYTES, 0, BYTES, 0, 0));
  }

  /** What the forward of a stage saves is an activation, even where it lies in what came in. */
  @Test
  void whatAStageSavesIsAnActivation() {
    var g = new Sketch();
    var x = g.input(new Port.Activation("x"), X);
    var outputs = List.of(new Port.Activation("y"), new Port.Saved("x"));
    var forward = g.yielding("forward", outputs, List.of(g.b.emit(SCALE, x), x));
    var h = new Sketch();
    var saved = h.input(new Port.Saved("x"), X);
    var backward = h.yielding("backward", List.of(GRADIENT), List.of(h.b.emit(SCALE, saved)));

    var received = f.b.emit(new Receive("pp", 0, X));
    var results = f.call(forward, Phase.FORWARD, received);
    f.b.node(List.of(), new Send("pp", 2), List.of(results.getFirst()), List.of(), List.of());
    var first = f.call(backward, Phase.BACKWARD, results.getLast()).getFirst();
    var large = f.b.emit(new Receive("pp", 2, Sketch.vector(30)));
    var module = new Module(Mesh.SINGLE, List.of(forward, backward), Set.of());
    var late = f.yielding("device", first, large);
    assertThat(MemoryUse.ofFunction(module, late).terms())
        .isEqualTo(new Terms(0, BYTES, 0, 0, 3 * BYTES));
    var early = f.yielding("device", results.getLast(), first);
    assertThat(MemoryUse.ofFunction(module, early).terms())
        .isEqualTo(new Terms(0, BYTES, 0, BYTES, 3 * BYTES));
  }

  /** In a loop over micro-batches the forward and the backward are within the body. */
  @Test
  void theBodyOfALoopOverMicroBatchesHasActivations() {
    var body = new Builder();
    var sum = body.param("sum", X);
    var w = body.param("w", X);
    var h = body.emit(SCALE, w);
    var loss = body.emit(SCALE, h);
    var next = body.emit(Binary.ADD, sum, body.emit(Binary.MUL, h, h));
    var block = body.build(List.of(next, loss));
    var loop = new Repeat("micro", new Dim("micro", 4), Direction.FORWARD, 1, 1);
    var operands = List.<Value>of(f.b.emit(new Fill(0, X)), f.weight(X));
    var node = f.b.node("flat", loop, operands, List.of(block));
    var function =
        f.yielding("step", List.of(GRADIENT, LOSS), List.of(node.result(0), node.result(1)));
    assertThat(terms(function)).isEqualTo(new Terms(BYTES, 2 * BYTES, 0, BYTES, 4 * BYTES + BYTES));
  }

  /** The real thing: what the forward loop stacks for the backward one. */
  @Test
  void theStacksOfAForwardLoopAreActivations() {
    var grads = Pipelines.differentiate().run(Programs.module(Programs.MLP)).orThrow();
    var terms = MemoryUse.ofFunction(grads, grads.only()).terms();
    var body = grads.only().body();
    // The positions are added first; their gradient does not need them.
    long weights =
        body.params().subList(0, 4).stream()
            .filter(p -> !p.name().equals("wpe"))
            .mapToLong(p -> p.type().bytes())
            .sum();
    long stacks =
        body.nodes().stream()
            .filter(n -> n.op() instanceof Repeat r && r.direction() == Direction.FORWARD)
            .flatMap(n -> n.types().subList(1, n.types().size()).stream())
            .mapToLong(t -> t.bytes())
            .sum();
    assertThat(terms.parameters()).isEqualTo(weights);
    assertThat(terms.activations()).isGreaterThanOrEqualTo(stacks);
    assertThat(stacks).isPositive();
  }
}
