package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * An all-reduce (sum) among some of the devices along a mesh axis: those pipeline stages that hold
 * one weight in common, such as an embedding that is also the head.
 *
 * @param along the mesh axis
 * @param members coordinates along it, ascending
 */
public record SharedSum(String along, List<Integer> members) implements Primitive, Collective {
  public SharedSum {
    members = List.copyOf(members);
  }

  @Override
  public String name() {
    return "shared_sum";
  }

  @Override
  public String kind() {
    return "all_reduce";
  }

  @Override
  public List<String> over() {
    return List.of(along);
  }

  @Override
  public int parts() {
    return members.size();
  }

  @Override
  public List<Integer> group(Mesh mesh, int device) {
    var line = mesh.group(device, over());
    return members.stream().map(line::get).toList();
  }

  @Override
  public long sentBytes(TensorType operand) {
    return 2 * (parts() - 1) * operand.bytes() / parts();
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    return Typing.byAxis(operands, operands.getFirst());
  }
}
