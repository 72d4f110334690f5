package dev.weft.ir.verify;

import static dev.weft.ir.op.OpSamples.dim;
import static dev.weft.ir.op.OpSamples.f64;
import static dev.weft.ir.op.OpSamples.i32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.text.Modules;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Broken modules that IR text cannot express, built by hand. */
class InvariantTest {
  private static final Unary TANH = new Unary(UnaryFunction.TANH);

  @Test
  void findsAValueOfAnotherBlock() {
    var outer = new Builder();
    var x = outer.param("x", f64("a=2"));
    var inner = new Builder();
    var p = inner.param("p", f64("a=2"));
    var y = inner.emit("y", Binary.ADD, p, x);
    var loop = new Repeat("l", dim("n=3"), Direction.FORWARD, 1, 0);
    outer.node("r", loop, List.of(x), List.of(inner.build(List.of(y))));
    assertThat(codes(outer, x)).containsExactly(VerifyCode.UNDEFINED_VALUE);
  }

  @Test
  void findsAUseBeforeTheDefinition() {
    var b = new Builder();
    var x = b.param("x", f64("a=2"));
    var early = node(TANH, x);
    var late = node(TANH, early.result());
    b.add(late);
    b.add(early);
    assertThat(codes(b, late.result())).containsExactly(VerifyCode.UNDEFINED_VALUE);
  }

  @Test
  void findsAResultOfNoBlock() {
    var stranger = new Param("x", f64("a=2"));
    assertThat(codes(new Builder(), stranger)).containsExactly(VerifyCode.UNDEFINED_VALUE);
  }

  @Test
  void findsANodeInTwoPlaces() {
    var b = new Builder();
    var node = b.add(node(TANH, b.param("x", f64("a=2"))));
    b.add(node);
    assertThat(codes(b, node.result())).containsExactly(VerifyCode.REPEATED_DEFINITION);
  }

  @Test
  void findsAParameterInTwoPlaces() {
    var b = new Builder();
    var x = b.param(new Param("x", f64("a=2")));
    b.param(x);
    assertThat(codes(b, x)).containsExactly(VerifyCode.REPEATED_DEFINITION);
  }

  @Test
  void findsATypeThatTheOpDoesNotMake() {
    var b = new Builder();
    var node = b.add(node(TANH, List.of(b.param("x", f64("a=2"))), f64("a=3")));
    assertThat(codes(b, node.result())).containsExactly(VerifyCode.WRONG_TYPE);
  }

  @Test
  void findsOperandsThatTheOpRefuses() {
    var b = new Builder();
    var node = b.add(node(Binary.ADD, b.param("x", f64("a=2"))));
    assertThat(codes(b, node.result())).containsExactly(VerifyCode.REFUSED_OPERANDS);
  }

  @Test
  void findsResultsThatAreNoType() {
    var b = new Builder();
    var twice = new Broadcast(List.of(dim("a=2"), dim("a=2")));
    var node = b.add(node(twice, b.param("x", f64("a=2"))));
    assertThat(codes(b, node.result())).containsExactly(VerifyCode.REFUSED_OPERANDS);
  }

  @Test
  void findsACompositeAmongPrimitives() {
    var b = new Builder();
    var logits = b.param("logits", f64("v=5"));
    var label = b.param("label", i32());
    var loss = b.node("l", new CrossEntropy("v"), List.of(logits, label), List.of()).result(0);
    assertThat(codes(b, loss)).isEmpty();
    assertThat(codes(b, loss, Property.PRIMITIVE)).containsExactly(VerifyCode.COMPOSITE);
  }

  @Test
  void checksGroupsOfDevices() {
    var b = new Builder();
    var x = b.param("x", f64("a=8"));
    b.emit(new AllReduce(Combine.SUM, List.of("tp"), 4), x);
    assertThat(codes(b, x, Property.LOWERED)).isEmpty();
    assertThat(codes(b, x)).containsExactly(VerifyCode.LOCAL_OP_BEFORE_LOWERING);
    b.emit(new AllGather("a", List.of("tp"), 2), x);
    b.emit(new ShardSlice("a", List.of("pp"), 1), x);
    assertThat(codes(b, x, Property.LOWERED))
        .containsExactly(VerifyCode.GROUP_SIZE, VerifyCode.UNKNOWN_MESH_AXIS);
  }

  @Test
  void theGradientOfAStepNeedsNoWeight() {
    var b = new Builder();
    var x = b.param("x", f64("flat=2"));
    var gradient = List.<Port>of(new Port.Gradient("flat"));
    var step = new Function("step", List.of(Modules.data("x")), b.build(List.of(x)), gradient);
    assertThat(codes(Module.of(step))).containsExactly(VerifyCode.UNPAIRED_PORT);
    assertThat(codes(Module.of(step).with(Property.TRAINING_STEP))).isEmpty();
  }

  @Test
  void aLoweredModuleNeedsLayoutsAtItsBorderOnly() {
    var b = new Builder();
    var layout = Optional.of(Sharding.of(List.of(List.of("tp"))));
    var x = b.param(new Param("x", f64("a=3"), layout));
    var inner = b.emit(TANH, x);
    assertThat(codes(b, x, Property.SHARDED, Property.LOWERED)).isEmpty();
    assertThat(codes(b, inner, Property.SHARDED, Property.LOWERED))
        .containsExactly(VerifyCode.NO_LAYOUT);
    assertThat(codes(b, x, Property.SHARDED))
        .containsExactly(VerifyCode.INDIVISIBLE, VerifyCode.NO_LAYOUT);
  }

  @Test
  void onlyAReshardSpreadsAWholeValueOverASum() {
    var partial = Sharding.replicated(1).withPartial(List.of("tp"), Combine.SUM);
    assertThat(spread(new Reshard(partial))).isEmpty();
    assertThat(spread(new Affine(0.25, 0))).containsExactly(VerifyCode.FACTOR_LAYOUT);
    assertThat(spread(TANH)).containsExactly(VerifyCode.FACTOR_LAYOUT);
  }

  /** What is wrong with an op from a replicated value to a sum over {@code tp=4}. */
  private static List<Code> spread(Op op) {
    var b = new Builder();
    var x = b.param(new Param("x", f64("a=2"), Optional.of(Sharding.replicated(1))));
    var partial = Sharding.replicated(1).withPartial(List.of("tp"), Combine.SUM);
    var y = b.node(List.of("y"), op, List.of(x), List.of(), List.of(Optional.of(partial)));
    return codes(b, y.result(), Property.SHARDED);
  }

  /** A sum passes unfinished through what is linear in its floating operands, and nothing else. */
  @Test
  void onlyALinearOpPassesAnUnfinishedSum() {
    var sum = Sharding.replicated(1).withPartial(List.of("tp"), Combine.SUM);
    var max = Sharding.replicated(1).withPartial(List.of("tp"), Combine.MAX);
    var whole = Sharding.replicated(1);
    assertThat(through(Binary.ADD, sum, sum, sum)).isEmpty();
    assertThat(through(Binary.ADD, sum, whole, sum)).containsExactly(VerifyCode.FACTOR_LAYOUT);
    assertThat(through(Binary.ADD, max, max, max)).contains(VerifyCode.FACTOR_LAYOUT);
    assertThat(through(Binary.MUL, sum, sum, sum)).contains(VerifyCode.FACTOR_LAYOUT);
    assertThat(through(Binary.ADD, sum, sum, whole)).containsExactly(VerifyCode.FACTOR_LAYOUT);
  }

  private static List<Code> through(Op op, Sharding a, Sharding b, Sharding result) {
    var builder = new Builder();
    var x = builder.param(new Param("x", f64("a=8"), Optional.of(a)));
    var y = builder.param(new Param("y", f64("a=8"), Optional.of(b)));
    var layouts = List.of(Optional.of(result));
    builder.node(List.of("z"), op, List.of(x, y), List.of(), layouts);
    return codes(builder, x, Property.SHARDED);
  }

  @Test
  void theIdsOfALookupAreWholeWhileItsTableIsASum() {
    var builder = new Builder();
    var table = f64("v=4", "m=2");
    var sum = Sharding.replicated(2).withPartial(List.of("tp"), Combine.SUM);
    var x = builder.param(new Param("x", table, Optional.of(sum)));
    var ids = builder.param(new Param("i", i32("b=2"), Optional.of(Sharding.replicated(1))));
    var layouts = List.of(Optional.of(sum));
    builder.node(List.of("y"), Lookup.WHOLE, List.of(x, ids), List.of(), layouts);
    assertThat(codes(builder, x, Property.SHARDED)).isEmpty();
  }

  @Test
  void findsTwoFunctionsOfOneName() {
    var functions = List.of(Modules.chain(1).only(), Modules.chain(2).only());
    assertThat(codes(new Module(Mesh.SINGLE, functions, Set.of())))
        .containsExactly(VerifyCode.REPEATED_FUNCTION);
  }

  @Test
  void namesThePassThatBrokeTheModule() {
    var module = module(new Builder(), new Param("lost", f64("a=2")));
    assertThatThrownBy(() -> Verifier.requireValid(module, "my-pass"))
        .isInstanceOf(InvalidModule.class)
        .hasMessageContaining("after my-pass")
        .hasMessageContaining("%lost");
  }

  @Test
  void everyInvariantHasItsOwnNumber() {
    assertThat(VerifyCode.values()).extracting(VerifyCode::id).doesNotHaveDuplicates();
  }

  private static Node node(Op op, Value operand) {
    return node(op, List.of(operand), operand.type());
  }

  private static Node node(Op op, List<Value> operands, TensorType type) {
    return new Node(
        op, operands, List.of(), List.of(type), List.of("y"), List.of(Optional.empty()), Span.NONE);
  }

  /** A function on a mesh whose parameters are data and whose only result is an output. */
  private static Module module(Builder b, Value result, Property... properties) {
    var body = b.build(List.of(result));
    var inputs = new ArrayList<Port>();
    body.params().forEach(_ -> inputs.add(Modules.data("in" + inputs.size())));
    var function = new Function("f", inputs, body, List.of(new Port.Output("out")));
    return new Module(Modules.MESH, List.of(function), Set.copyOf(Arrays.asList(properties)));
  }

  private static List<Code> codes(Builder b, Value result, Property... properties) {
    return codes(module(b, result, properties));
  }

  private static List<Code> codes(Module module) {
    return Verifier.verify(module).stream().map(Diagnostic::code).toList();
  }
}
