package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.MemorySpace;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.grid.GridResult;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A training step on its devices, with the weights and state that each of them holds. */
final class Devices {
  private final Mesh mesh;
  private final Function step;
  private final List<Map<Port, Tensor>> held = new ArrayList<>();
  private final Program program;
  private GridResult outputs = new GridResult(List.of());

  Devices(Module module) {
    mesh = module.mesh();
    step = module.only();
    program = Program.of(step);
    for (int d = 0; d < mesh.devices(); d++) {
      held.add(new HashMap<>());
    }
  }

  int count() {
    return mesh.devices();
  }

  /** Gives every device its pieces, and state of zeros. */
  void setWeights(Named weights) {
    for (int i = 0; i < step.inputs().size(); i++) {
      var port = step.inputs().get(i);
      for (int d = 0; d < count(); d++) {
        switch (port) {
          case Port.Weight(var path, _, _) -> held.get(d).put(port, piece(weights.get(path), i, d));
          case Port.State _ -> held.get(d).put(port, Tensor.zeros(paramType(i)));
          default -> {}
        }
      }
    }
  }

  private dev.weft.ir.type.TensorType paramType(int input) {
    return step.body().params().get(input).type();
  }

  /** Runs one step on a batch; weights and state are the new ones afterwards. */
  void run(Named batch, int number) {
    var inputs = new ArrayList<List<Tensor>>();
    for (int d = 0; d < count(); d++) {
      var own = new ArrayList<Tensor>();
      for (int i = 0; i < step.inputs().size(); i++) {
        var port = step.inputs().get(i);
        own.add(
            switch (port) {
              case Port.Data data -> piece(batch.get(data.name()), i, d);
              case Port.Step _ -> Tensor.scalar(DType.I32, number);
              default -> held.get(d).get(port);
            });
      }
      inputs.add(own);
    }
    outputs = new Grid(mesh).run(program, inputs);
    for (int i = 0; i < step.outputs().size(); i++) {
      var port = step.outputs().get(i);
      if (port instanceof Port.Weight || port instanceof Port.State) {
        for (int d = 0; d < count(); d++) {
          held.get(d).put(port, output(i, d));
        }
      }
    }
  }

  /** What the last step gave and took. */
  GridResult measured() {
    return outputs;
  }

  Tensor output(int index, int device) {
    return outputs.devices().get(device).outputs().get(index);
  }

  private Tensor piece(Tensor whole, int input, int device) {
    var sharding = step.body().params().get(input).sharding().orElseThrow();
    var piece = Pieces.piece(whole, sharding, mesh, device);
    return in(paramType(input).space(), piece);
  }

  private static Tensor in(MemorySpace space, Tensor tensor) {
    return Tensor.of(tensor.type().in(space), tensor.toArray());
  }

  /** The piece of a whole result that a device should hold. */
  Tensor expected(Tensor whole, int output, int device) {
    var result = step.body().yields().get(output);
    Sharding sharding = result.sharding().orElseThrow();
    if (sharding.isPartial()) {
      throw new IllegalStateException("an unfinished result: " + sharding);
    }
    return in(result.type().space(), Pieces.piece(whole, sharding, mesh, device));
  }

  /** The weights that each device holds, in the order in which they are packed. */
  List<String> weightNames() {
    return step.inputs().stream().flatMap(p -> p.asWeight().stream()).map(w -> w.name()).toList();
  }

  /** The piece of a weight's gradient that belongs to a device's weight. */
  Tensor weightPiece(String name, Tensor whole, int device) {
    for (int i = 0; i < step.inputs().size(); i++) {
      if (step.inputs().get(i) instanceof Port.Weight weight && weight.name().equals(name)) {
        return piece(whole, i, device);
      }
    }
    throw new IllegalStateException("no weight " + name);
  }

  /** Where a device's share of the packed gradient begins. */
  int shareStart(int output, int device) {
    if (step.body().yields().get(output) instanceof Result(var node, _)
        && node.op() instanceof ReduceScatter scatter) {
      int size = output(output, device).size();
      return mesh.coordinate(device, scatter.over()) * size;
    }
    return 0;
  }
}
