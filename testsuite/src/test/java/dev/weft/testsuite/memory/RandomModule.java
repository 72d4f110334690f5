package dev.weft.testsuite.memory;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Functions that call earlier ones; the last one is the program of the only device. */
final class RandomModule {
  private static final String PIPELINE = "pp";
  private static final List<TensorType> INPUTS =
      List.of(
          TensorType.of(DType.F64, new Dim("a", 4)),
          TensorType.of(DType.F64, new Dim("a", 4)),
          TensorType.of(DType.F64, new Dim("b", 3)),
          TensorType.of(DType.F64, new Dim("flat", 10)));

  private final Random random;
  private final List<Function> functions = new ArrayList<>();

  private RandomModule(long seed) {
    this.random = new Random(seed * 7919 + 13);
  }

  static Module draw(long seed) {
    return new RandomModule(seed).draw();
  }

  private Module draw() {
    int callees = random.nextInt(3);
    for (int i = 0; i < callees; i++) {
      functions.add(function("phase" + i));
    }
    functions.add(function(Module.programName(0)));
    var mesh = new Mesh(List.of(new MeshAxis(PIPELINE, 1)));
    return new Module(mesh, functions, Set.of(Property.LOWERED)).withPipeline(PIPELINE);
  }

  private Function function(String name) {
    var builder = new Builder();
    int params = 1 + random.nextInt(4);
    for (int i = 0; i < params; i++) {
      builder.param("p" + i, INPUTS.get(random.nextInt(INPUTS.size())));
    }
    var block = new RandomBlock(random, functions, builder, 0).draw();
    var inputs = new ArrayList<Port>();
    for (int i = 0; i < params; i++) {
      inputs.add(new Port.Data("p" + i, OptionalLong.empty(), OptionalInt.empty()));
    }
    return new Function(name, inputs, block, outputs(block));
  }

  private static List<Port> outputs(Block block) {
    var outputs = new ArrayList<Port>();
    for (int i = 0; i < block.yields().size(); i++) {
      outputs.add(new Port.Output("o" + i));
    }
    return outputs;
  }
}
