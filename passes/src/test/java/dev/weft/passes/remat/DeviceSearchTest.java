package dev.weft.passes.remat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.pipeline.Pipelines;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small networks of random layers. */
class DeviceSearchTest {
  private static final int BUDGETS = 6;

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  /** At the memory of any rule for all layers, the search costs no more than that rule. */
  @ParameterizedTest
  @MethodSource("seeds")
  void isNeverSlowerThanARuleForAllLayers(int seed) {
    var module = network(new Random(seed));
    var rules = rules(module.only());
    long least = rules.stream().mapToLong(f -> peakBytes(module, f)).min().orElseThrow();
    long most = rules.stream().mapToLong(f -> peakBytes(module, f)).max().orElseThrow();
    for (int part = 0; part <= BUDGETS; part++) {
      long limit = least + (most - least) * part / BUDGETS;
      var found = search(module).within(limit).orElseThrow().getFirst();
      assertThat(peakBytes(module, found)).isLessThanOrEqualTo(limit);
      double cheapest =
          rules.stream()
              .filter(f -> peakBytes(module, f) <= limit)
              .mapToDouble(DeviceSearchTest::flops)
              .min()
              .orElseThrow();
      assertThat(flops(found)).isLessThanOrEqualTo(cheapest);
    }
  }

  private static DeviceSearch search(Module module) {
    return new DeviceSearch(
        List.of(FunctionRegions.of(module.only())),
        KeepSearch.EXACT_FOR_BLOCKS::search,
        changed -> peakBytes(module, changed.getFirst()));
  }

  private static long peakBytes(Module module, Function function) {
    return MemoryUse.ofFunction(module.withOnly(function), function).peakBytes();
  }

  private static double flops(Function function) {
    return function.body().nodes().stream().mapToDouble(RecomputeCost::flops).sum();
  }

  /** Nothing, everything, and groups of every size that divides the layers. */
  private static List<Function> rules(Function grads) {
    var function = FunctionRegions.of(grads);
    var rules = new ArrayList<Function>(List.of(grads));
    rules.add(new FunctionRewrite(function).rewrite(Policies.full(function)));
    long layers = function.loops().getFirst().repeat().axis().size();
    for (long size = 2; size < layers; size++) {
      if (layers % size == 0) {
        for (var kept : List.of(function.saved(), Policies.full(function))) {
          var loop = new Treatment.Grouped(kept.getFirst(), size);
          var body = new Treatment.Alike(kept.getLast());
          rules.add(new FunctionRewrite(function).treat(List.of(loop, body)));
        }
      }
    }
    return rules;
  }

  /** Layers that grow to another width and back, some values of which are expensive to make. */
  private static Module network(Random random) {
    var layers = new Dim("layers", 2 + random.nextInt(11));
    var batch = new Dim("batch", 8 << random.nextInt(3));
    var model = new Dim("model", 4);
    var wide = new Dim("ffn", 4 + random.nextInt(12));
    var up = TensorType.of(DType.F64, model, wide);
    var down = TensorType.of(DType.F64, wide, model);
    var x = TensorType.of(DType.F64, batch, model);
    var op = new Repeat("blocks", layers, Direction.FORWARD, 1, 0);

    var layer = new Builder();
    var h = layer.param(new Param("h", x));
    var first = layer.param(new Param("up", up));
    var second = layer.param(new Param("down", down));
    Value a = layer.emit("a", new Contract(List.of("batch", "ffn")), h, first);
    for (int i = random.nextInt(4); i >= 0; i--) {
      a = layer.emit("a", new Unary(UnaryFunction.TANH), a);
    }
    Value y = layer.emit("y", new Contract(List.of("batch", "model")), a, second);
    if (random.nextBoolean()) {
      y = layer.emit("y", new Unary(UnaryFunction.TANH), y);
    }
    var block = layer.build(List.of(layer.emit("h", Binary.ADD, h, y)));

    var whole = new Builder();
    var weights = new ArrayList<Value>();
    weights.add(whole.param(new Param("up", op.stacked(up))));
    weights.add(whole.param(new Param("down", op.stacked(down))));
    var data = whole.param(new Param("x", x));
    var last =
        whole.node("h", op, List.of(data, weights.get(0), weights.get(1)), List.of(block)).result();
    var square = whole.emit("square", new Unary(UnaryFunction.SQUARE), last);
    var loss =
        whole.emit(
            "loss",
            Reduce.over(ReduceFunction.MEAN, List.of("batch", "model"), square.type()),
            square);
    var inputs =
        List.<Port>of(
            new Port.Weight("up", new Init.Normal(0.02)),
            new Port.Weight("down", new Init.Normal(0.02)),
            new Port.Data("x", OptionalLong.empty(), OptionalInt.empty()));
    var outputs = List.<Port>of(new Port.Loss("loss"));
    var function = new Function("model", inputs, whole.build(List.of(loss)), outputs);
    return Pipelines.differentiate().run(Module.of(function)).orThrow();
  }
}
