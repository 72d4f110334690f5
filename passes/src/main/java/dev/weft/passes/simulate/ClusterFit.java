package dev.weft.passes.simulate;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.workload.Load;
import dev.weft.passes.workload.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether a plan can stand on a cluster, and what of it stands badly there. */
public final class ClusterFit {
  private final Job job;
  private final DeviceGrid grid;
  private final List<Diagnostic> problems = new ArrayList<>();

  private ClusterFit(Job job) {
    this.job = job;
    this.grid = DeviceGrid.of(job.plan());
  }

  /** What is wrong; the plan's own correctness is known already. */
  public static List<Diagnostic> problems(Job job) {
    var fit = new ClusterFit(job);
    fit.run();
    return List.copyOf(fit.problems);
  }

  private void run() {
    int has = job.cluster().devices().orElse(Integer.MAX_VALUE);
    if (grid.devices() > has) {
      report(
          SimulationCode.TOO_MANY_DEVICES,
          "the plan has %d devices, cluster %s has %d"
              .formatted(grid.devices(), job.cluster().name(), has));
      return;
    }
    var nodes = new PlaceNodes(job.cluster(), grid).all();
    nodes.forEach(this::requireNear);
    nodes.forEach(this::requireEngine);
  }

  private void requireNear(NodeKind node) {
    job.workload().sections().stream()
        .flatMap(ClusterFit::loads)
        .flatMap(load -> load.exchanges().stream())
        .map(exchange -> exchange.over())
        .distinct()
        .filter(axes -> isSpread(axes, node))
        .forEach(
            axes ->
                report(
                    SimulationCode.TENSOR_OVER_NODES,
                    "the %d devices along %s lie on several nodes of %d devices each"
                        .formatted(
                            grid.group(axes).size(), String.join(", ", axes), node.devices())));
  }

  private static Stream<Load> loads(Section section) {
    return Stream.of(section.forward(), section.inputGradient(), section.weightGradient());
  }

  /** A group that fits a node yet does not divide it lies across two nodes somewhere. */
  private boolean isSpread(List<String> axes, NodeKind node) {
    var group = grid.group(axes);
    long span = (long) group.size() * group.stride();
    return group.size() > 1
        && grid.devices() > node.devices()
        && (span > node.devices() || node.devices() % span != 0);
  }

  private void requireEngine(NodeKind node) {
    var device = node.device();
    if (!device.matrixFlops().containsKey(job.dtype().text())) {
      report(
          SimulationCode.NO_MATRIX_ENGINE,
          "the matrix engine of %s does not take %s, but %s"
              .formatted(
                  device.name(),
                  job.dtype().text(),
                  String.join(", ", device.matrixFlops().keySet())));
    }
    var format = job.software().products();
    if (!device.takes(format)) {
      report(
          SimulationCode.NO_NARROW_PRODUCTS,
          "%s multiplies in %s, which the matrix engine of %s does not take"
              .formatted(job.software().name(), format.rate().orElseThrow(), device.name()));
    }
  }

  private void report(SimulationCode code, String message) {
    problems.add(Diagnostic.of(code, Span.NONE, message));
  }
}
