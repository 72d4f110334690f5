package dev.weft.backends.torch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code model_ref.py}: the serial model, differentiated by PyTorch. */
final class ReferenceFile {
  private static final PythonLibrary OPS = PythonLibrary.of("reference_ops.py");

  private final Bundle bundle;
  private final Function model;
  private final Ports ports;
  private final Vocabulary vocabulary = new Vocabulary();
  private final PythonWriter out = new PythonWriter();

  ReferenceFile(Bundle bundle) {
    this.bundle = bundle;
    this.model = bundle.reference();
    this.ports = new Ports(model, dev.weft.ir.mesh.Mesh.SINGLE);
  }

  String text() {
    var region = Region.of(model.body());
    var program =
        new Program(
            vocabulary,
            new ReferencePrinter(vocabulary),
            region.nodes(),
            reserved(),
            Program.Suffixes.SERIAL);
    var destinations = new Destinations();
    region.yields().forEach(destinations::keep);
    var routine =
        program.write(region, region.nodes(), destinations, 0, this::bind, this::returnAll);

    out.line(
        "\"\"\"The whole model on one device, as written in "
            + bundle.sourceName()
            + ", differentiated by PyTorch:");
    out.line(
        "what model.py is compared with. Beside the first values (init.py) the two share nothing.");
    out.line("\"\"\"").blank();
    var library = OPS.select(vocabulary.functions());
    var optimizer = new PythonWriter();
    ReferenceOptimizer.write(optimizer, bundle.optimizer());
    if (!bundle.optimizer().rate().isConstant()) {
      out.line("import math");
    }
    out.line("from types import SimpleNamespace").blank();
    boolean drops = library.contains("np.");
    if (drops) {
      out.line("import numpy as np");
    }
    TorchImports.write(
        out,
        library + String.join("\n", program.functions()) + routine.out().text() + optimizer.text());
    out.blank();
    out.line("from init import Input, Weight, " + (drops ? "mix, " : "") + "weight").blank();
    ports.weights(out);
    ports.inputs(out);
    out.gap().lines(library);
    program.functions().forEach(f -> out.gap().lines(f));
    out.gap();
    modelClass(routine);
    out.gap().lines(optimizer.text());
    return out.text();
  }

  private void modelClass(Routine routine) {
    out.line("class Model:");
    out.indented(
        () -> {
          out.line(
              "\"\"\"The weights, and the program from a whole batch to the loss and the"
                  + " outputs.\"\"\"");
          out.blank();
          out.line("def __init__(self, seed=" + bundle.seed() + "):");
          out.indented(
              () -> {
                out.line(
                    "self.weights = {w.path: weight(w, seed).requires_grad_() for w in WEIGHTS}");
                out.line(
                    "self.p = SimpleNamespace(**{w.name: self.weights[w.path] for w in WEIGHTS})");
              });
          out.blank();
          out.line("def forward(self, batch):");
          out.indented(
              () -> {
                out.line("p = self.p");
                out.lines(routine.out().text());
              });
        });
  }

  private void bind(Routine routine) {
    var attributes = ports.attributes();
    for (int i = 0; i < model.inputs().size(); i++) {
      var param = model.body().params().get(i);
      switch (model.inputs().get(i)) {
        case Port.Weight weight ->
            routine.scope().bind(param, Expression.atom("p." + attributes.get(weight.name())));
        case Port.Data data -> {
          if (routine.region().isUsed(param)) {
            var name = routine.scope().declare(param, data.name());
            routine
                .out()
                .line(
                    name + " = batch[" + Literal.string(data.name()) + "]",
                    Literal.describe(param.type()));
          }
        }
        default -> throw new IllegalStateException("a model has no input " + model.inputs().get(i));
      }
    }
  }

  private void returnAll(Routine routine) {
    int loss = model.output(Port.Loss.class).orElseThrow();
    var outputs = new ArrayList<String>();
    for (int i : model.outputIndices(Port.Output.class)) {
      var value = routine.read(model.body().yields().get(i));
      outputs.add(Literal.string(model.outputs().get(i).name()) + ": " + value);
    }
    routine
        .out()
        .line(
            "return "
                + routine.read(model.body().yields().get(loss))
                + ", {"
                + String.join(", ", outputs)
                + "}");
  }

  private static Set<String> reserved() {
    var names = new HashSet<>(OPS.names());
    names.addAll(
        List.of("batch", "weight", "kept", "Model", "Optimizer", "SimpleNamespace", "DTYPE"));
    return names;
  }
}
