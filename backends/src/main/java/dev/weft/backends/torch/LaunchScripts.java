package dev.weft.backends.torch;

import dev.weft.ir.mesh.Mesh;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scripts that start a bundle: on one machine, and under Slurm. */
final class LaunchScripts {
  /** Devices of one machine, as servers with NVIDIA and Ascend accelerators have them. */
  private static final int DEVICES_PER_NODE = 8;

  private LaunchScripts() {}

  static Map<String, String> of(Bundle bundle) {
    var scripts = new LinkedHashMap<String, String>();
    scripts.put("launch.sh", fill("launch.sh", bundle));
    scripts.put("slurm.sbatch", fill("slurm.sbatch", bundle));
    return scripts;
  }

  /** A resource with its {@code @NAMES@} replaced. */
  static String fill(String resource, Bundle bundle) {
    Mesh mesh = bundle.step().mesh();
    int ranks = mesh.devices();
    int nodes = Math.ceilDiv(ranks, DEVICES_PER_NODE);
    return PythonLibrary.read(resource)
        .replace("@MODEL@", bundle.modelName())
        .replace("@SOURCE@", bundle.sourceName())
        .replace("@TARGET@", bundle.target().text())
        .replace("@RANKS@", Integer.toString(ranks))
        .replace("@NODES@", Integer.toString(nodes))
        .replace("@PER_NODE@", Integer.toString(Math.ceilDiv(ranks, nodes)))
        .replace("@PRECISION@", bundle.precision().text())
        .replace("@OPTIMIZER@", OptimizerText.name(bundle.optimizer()))
        .replace("@BATCH@", Long.toString(bundle.globalBatch()))
        .replace("@MESH@", mesh.axes().isEmpty() ? "one device" : mesh.toString());
  }
}
