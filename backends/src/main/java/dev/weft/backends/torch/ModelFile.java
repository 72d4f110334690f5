package dev.weft.backends.torch;

import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.ReduceScatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code model.py}: the program of one rank. */
final class ModelFile {
  private final Bundle bundle;
  private final PythonLibrary ops;
  private final PythonLibrary comm;
  private final Vocabulary vocabulary = new Vocabulary();
  private final StepShape shape;
  private final Ports ports;
  private final PythonWriter out = new PythonWriter();

  ModelFile(Bundle bundle, PythonLibrary ops, PythonLibrary comm) {
    this.bundle = bundle;
    this.ops = ops;
    this.comm = comm;
    this.shape = StepShape.of(bundle.step().only());
    this.ports = new Ports(bundle.step().only(), bundle.step().mesh());
  }

  /** The library functions that the text uses, once it is written. */
  SortedSet<String> functions() {
    return vocabulary.functions();
  }

  String text() {
    var program =
        new Program(
            vocabulary,
            new OpPrinter(vocabulary),
            shape.micro().nodes(),
            reserved(),
            Program.Suffixes.EXPLICIT);
    var micro = new MicroPrinter(program, shape, ports.attributes(), ports.outputs());
    micro.print();
    var step = new StepText(shape, program, vocabulary, micro.inputs(), ports.outputs());
    var tail = new PythonWriter();
    step.write(tail);

    var all = String.join("\n", program.functions()) + tail.text();
    head(all);
    constants();
    tables();
    out.gap().section("one micro-batch");
    program.functions().forEach(f -> out.gap().lines(f));
    out.gap().section("one training step").gap();
    OptimizerText.update(out, bundle.optimizer());
    out.gap().lines(tail.text());
    return out.text();
  }

  /** Names that values in functions must not take. */
  private Set<String> reserved() {
    var names = new HashSet<String>();
    names.addAll(ops.names());
    names.addAll(comm.names());
    names.addAll(List.of("update", "train_step", "forward", "backward", "kept", "MICRO"));
    return names;
  }

  private void head(String program) {
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
    out.line(
        "A comment gives the shape of a rank's piece. `p` holds the weights, `g` their gradients,"
            + " each");
    out.line("in one flat vector with a view per weight.");
    out.line("\"\"\"").blank();
    TorchImports.write(out, program);
    out.blank();
    imports("comm", comm.names());
    out.line("from init import Input, Output, Weight");
    imports("ops", ops.names());
  }

  private void imports(String file, Set<String> defined) {
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

  private void constants() {
    out.blank();
    out.line("MODEL = " + Literal.string(bundle.modelName()));
    out.line("TARGET = " + Literal.string(bundle.target().text()));
    out.line("PRECISION = " + Literal.string(bundle.precision().text()));
    out.line("SEED = " + bundle.seed());
    out.line("BATCH = " + bundle.globalBatch());
    if (shape.microBatches() > 1) {
      out.line("MICRO = " + shape.microBatches(), "micro-batches of a step, one after another");
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
    out.blank();
    out.line("OPTIMIZER = " + Literal.string(OptimizerText.name(bundle.optimizer())));
    out.line(
        "SLOTS = " + Literal.strings(OptimizerText.slots(bundle.optimizer())),
        "the optimizer's state vectors");
    OptimizerText.constants(out, bundle.optimizer());
  }

  private String replicas() {
    return shape.reduction().map(r -> vocabulary.group(r.over())).orElse("()");
  }

  private boolean isSharded() {
    return shape.reduction().filter(r -> r instanceof ReduceScatter).isPresent();
  }

  private void tables() {
    out.gap().section("weights, inputs, outputs").blank();
    out.line("# path, attribute, whole shape, mesh axes that cut each dimension, first values");
    ports.weights(out);
    out.line("PADDED = " + shape.flat(), "elements of the flat vectors").blank();
    out.line("# name, whole shape, cuts, bound of integers (0: floats), shift against the text");
    ports.inputs(out);
    ports.outputs(out);
  }
}
