package dev.weft.backends.torch;

import dev.weft.ir.mesh.MeshAxis;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How {@code model.py} begins: what it is, its imports, its constants.
 *
 * @param reduction how the replicas' gradients are combined
 */
record ModelHead(
    Bundle bundle,
    Vocabulary vocabulary,
    PythonLibrary ops,
    PythonLibrary comm,
    int microBatches,
    Reduction reduction) {

  /**
   * The description and the imports.
   *
   * @param explanation the end of the description
   * @param program all functions of the file
   */
  void open(PythonWriter out, String explanation, String program) {
    var mesh =
        bundle.step().mesh().axes().stream()
            .map(MeshAxis::toString)
            .collect(Collectors.joining(" x "));
    out.line(
        "\"\"\"The program of one rank: " + bundle.modelName() + ", from " + bundle.sourceName());
    out.line("");
    out.line(
        "Mesh: "
            + (mesh.isEmpty() ? "one device" : mesh)
            + ". Forward and backward are written out; no autograd runs here.");
    out.lines(explanation);
    out.line("\"\"\"").blank();
    if (!bundle.optimizer().rate().isConstant()) {
      out.line("import math").blank();
    }
    TorchImports.write(out, program);
    out.blank();
    if (OptimizerText.isByWeight(bundle.optimizer())) {
      out.line("import norms");
    }
    imports(out, "comm", comm.names());
  }

  /** The import of the library functions that the program uses of a file. */
  void importOps(PythonWriter out) {
    imports(out, "ops", ops.names());
  }

  private void imports(PythonWriter out, String file, Set<String> defined) {
    var used = new TreeSet<>(vocabulary.functions());
    used.retainAll(defined);
    if (!used.isEmpty()) {
      var line = "from " + file + " import " + String.join(", ", used);
      if (line.length() <= 100) {
        out.line(line);
      } else {
        Wrapping.write(out, "from " + file + " import (", List.copyOf(used), ")");
      }
    }
  }

  void constants(PythonWriter out) {
    out.blank();
    boolean byWeight = OptimizerText.isByWeight(bundle.optimizer());
    var norms = NormAxes.of(bundle.step());
    norms.register(vocabulary);
    HostTables.shareAxes(bundle.step()).forEach(vocabulary::group);
    out.line("MODEL = " + Literal.string(bundle.modelName()));
    out.line("TARGET = " + Literal.string(bundle.target().text()));
    out.line("PRECISION = " + Literal.string(bundle.precision().text()));
    out.line("SEED = " + bundle.seed());
    out.line("BATCH = " + bundle.globalBatch());
    if (microBatches > 1) {
      out.line("MICRO = " + microBatches, "micro-batches of a step, one after another");
    }
    var mesh =
        bundle.step().mesh().axes().stream()
            .map(a -> "(" + Literal.string(a.name()) + ", " + a.size() + ")")
            .toList();
    out.line("MESH = " + Literal.tuple(mesh), "the last axis joins neighbouring ranks");
    vocabulary.groups().forEach((name, axes) -> out.line(name + " = " + Literal.strings(axes)));
    out.line(
        "GROUPS = " + Literal.tuple(vocabulary.groups().keySet()), "axis sets that communicate");
    out.line("REPLICAS = " + replicas(), "axes over which gradients are summed");
    out.line(
        "SHARDED = " + Literal.bool(isSharded()),
        "whether each replica updates a share of the weights");
    if (reduction.isByWeight()) {
      out.line("BY_WEIGHT = True", "each gradient over the replicas that hold the same weight");
    }
    HostTables.write(out, bundle.step());
    out.blank();
    out.line("OPTIMIZER = " + Literal.string(OptimizerText.name(bundle.optimizer())));
    out.line(
        "SLOTS = " + Literal.strings(OptimizerText.slots(bundle.optimizer())),
        "the optimizer's state vectors");
    OptimizerText.constants(out, bundle.optimizer());
    if (byWeight) {
      norms.write(out, bundle.optimizer(), vocabulary);
    }
  }

  private String replicas() {
    if (reduction.isByWeight()) {
      return vocabulary.group(reduction.axes());
    }
    var scatter = reduction.shares().map(r -> vocabulary.group(r.over()));
    var sum = reduction.everywhere().map(r -> vocabulary.group(r.over()));
    return scatter.or(() -> sum).orElse("()");
  }

  private boolean isSharded() {
    return reduction.shares().isPresent();
  }
}
