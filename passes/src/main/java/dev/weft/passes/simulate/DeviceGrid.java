package dev.weft.passes.simulate;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.network.Group;
import java.util.List;

/**
 * How the devices of a plan are numbered: the last axis of the mesh runs fastest, so that its
 * devices are neighbours.
 *
 * @param replicas the mesh axes of replicas that meet only where gradients are summed
 * @param pipeline the mesh axis of a pipeline; empty where there is none
 */
record DeviceGrid(Mesh mesh, List<String> replicas, List<String> pipeline) {
  static DeviceGrid of(Plan plan) {
    var pipeline = plan.pipeline().map(PipelinePlan::over).map(List::of).orElse(List.of());
    return new DeviceGrid(plan.mesh(), plan.freeReplicas(), pipeline);
  }

  int devices() {
    return mesh.devices();
  }

  int replicaCount() {
    return mesh.size(replicas);
  }

  int places() {
    return mesh.size(pipeline);
  }

  /** Devices that share the tensors, or the experts, of one replica of one place. */
  int tensorDevices() {
    return devices() / replicaCount() / places();
  }

  /** A group along mesh axes; axes that do not stand side by side count as if they did. */
  Group group(List<String> axes) {
    return new Group(mesh.size(axes), stride(axes), devices());
  }

  /** The difference between the numbers of two devices in neighbouring places. */
  int pipelineStride() {
    return stride(pipeline);
  }

  /** The first and the last place of a pipeline. */
  Group ends() {
    return places() < 2
        ? new Group(1, 1, devices())
        : new Group(2, stride(pipeline) * (places() - 1), devices());
  }

  private int stride(List<String> axes) {
    int stride = 1;
    for (var axis : mesh.axes().reversed()) {
      if (axis.size() > 1 && axes.contains(axis.name())) {
        return stride;
      }
      stride *= axis.size();
    }
    return 1;
  }
}
