package dev.weft.backends.torch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** {@code model.py}: the program of one rank. */
final class ModelFile implements ProgramFile {
  private static final String EXPLANATION =
      """
      A comment gives the shape of a rank's piece. `p` holds the weights, `g` their gradients, each
      in one flat vector with a view per weight.
      """;

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
    this.shape =
        StepShape.of(bundle.step().only()).spread(!HostTables.shares(bundle.step()).isEmpty());
    this.ports = new Ports(bundle.step().only(), bundle.step().mesh());
  }

  /** The library functions that the text uses, once it is written. */
  @Override
  public SortedSet<String> functions() {
    return vocabulary.functions();
  }

  @Override
  public String text() {
    var program =
        new Program(
            vocabulary,
            new OpPrinter(vocabulary),
            shape.micro().nodes(),
            reserved(),
            Program.Suffixes.EXPLICIT);
    var micro = new MicroPrinter(program, shape, ports.attributes(), ports.outputs());
    micro.print();
    boolean keeps = bundle.cached().isPresent();
    var step = new StepText(shape, program, vocabulary, micro.inputs(), ports.outputs(), keeps);
    var tail = new PythonWriter();
    step.write(tail);

    var all = String.join("\n", program.functions()) + tail.text();
    var head =
        new ModelHead(bundle, vocabulary, ops, comm, shape.microBatches(), shape.reduction());
    head.open(out, EXPLANATION, all);
    if (keeps) {
      out.line("from cache import resident");
    }
    out.line("from init import Input, Output, Weight");
    head.importOps(out);
    head.constants(out);
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
    names.addAll(
        List.of("update", "train_step", "forward", "backward", "kept", "resident", "MICRO"));
    names.add(LoopFunction.ARRIVED);
    return names;
  }

  private void tables() {
    out.gap().section("weights, inputs, outputs").blank();
    out.line("# path, attribute, whole shape, mesh axes that cut each dimension, first values");
    ports.weights(out);
    out.line("PADDED = " + shape.flat(), "elements of the flat vectors").blank();
    bundle.cached().ifPresent(c -> new CacheTables(c, ports.attributes().keySet()).write(out));
    out.line("# name, whole shape, cuts, bound of integers (0: floats), shift against the text");
    ports.inputs(out);
    ports.outputs(out);
  }
}
