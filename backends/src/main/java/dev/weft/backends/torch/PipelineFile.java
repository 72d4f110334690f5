package dev.weft.backends.torch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.schedule.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code model.py} of a pipeline: the functions of all stages, and the order in which they run. */
final class PipelineFile implements ProgramFile {
  private static final String EXPLANATION =
      """
      All ranks have this file. A rank works through its row of SCHEDULE: `2F1` is the forward (F),
      the backward (B) or one of its halves (I for the inputs, W for the weights) of stage 2 on
      micro-batch 1. A comment gives the shape of a rank's piece. `p` holds the weights of a stage,
      `g` their gradients; those of a rank's stages lie in one flat vector.
      """;

  private final Bundle bundle;
  private final PythonLibrary ops;
  private final PythonLibrary comm;
  private final Vocabulary vocabulary = new Vocabulary();
  private final PipelineShape shape;
  private final Ports ports;
  private final SharedFunctions functions = new SharedFunctions();
  private final List<Map<String, String>> names = new ArrayList<>();
  private final PythonWriter out = new PythonWriter();

  PipelineFile(Bundle bundle, PythonLibrary ops, PythonLibrary comm) {
    this.bundle = bundle;
    this.ops = ops;
    this.comm = comm;
    this.shape = PipelineShape.of(bundle.step());
    new Shipments(shape).check(bundle.step());
    this.ports = new Ports(whole(bundle.step(), shape), bundle.step().mesh());
  }

  /** The library functions that the text uses, once it is written. */
  @Override
  public SortedSet<String> functions() {
    return vocabulary.functions();
  }

  @Override
  public String text() {
    for (int s = 0; s < shape.stages().size(); s++) {
      printStage(s);
    }
    var tail = new PythonWriter();
    boolean keeps = bundle.cached().isPresent();
    new PipelineStepText(shape, new OpPrinter(vocabulary), vocabulary, keeps).write(tail);

    var head =
        new ModelHead(bundle, vocabulary, ops, comm, shape.microBatches(), shape.reduction());
    head.open(out, EXPLANATION, String.join("\n", functions.texts()) + tail.text());
    if (keeps) {
      out.line("from cache import Cache");
    }
    out.line("from init import Input, Output, Weight");
    head.importOps(out);
    out.line("from pipeline import Activation, Stage");
    head.constants(out);
    out.gap().section("weights, inputs, outputs").blank();
    out.line("# path, attribute, whole shape, mesh axes that cut each dimension, first values");
    ports.weights(out);
    out.line("PADDED = " + Literal.tuple(shape.flat()), "elements of each place's flat vectors");
    out.blank();
    out.line("# name, whole shape, cuts, bound of integers (0: floats), shift against the text");
    ports.inputs(out);
    ports.outputs(out);
    out.gap().section("one micro-batch in one stage");
    functions.texts().forEach(f -> out.gap().lines(f));
    out.gap().section("the pipeline").blank();
    new PipelineTables(shape, ports, names).write(out);
    bundle
        .cached()
        .ifPresent(c -> new CacheTables(c, ports.attributes().keySet()).write(out.blank()));
    out.gap().section("one training step").gap();
    OptimizerText.update(out, bundle.optimizer());
    out.gap().lines(tail.text());
    return out.text();
  }

  private void printStage(int number) {
    var stage = shape.stages().get(number);
    var phases = stage.phases().keySet().stream().map(StagePrinter::suffix).toList();
    var program =
        new Program(
            vocabulary,
            new OpPrinter(vocabulary),
            stage.region().nodes(),
            reserved(),
            Program.Suffixes.STAGED);
    new StagePrinter(program, stage, ports.attributes(), shape.wants(stage)).print();
    names.add(functions.add(program.functions(), prefix(number), phases));
  }

  private static String prefix(int stage) {
    return "stage" + stage + "_";
  }

  /** Names that values in functions must not take. */
  private Set<String> reserved() {
    var names = new HashSet<String>();
    names.addAll(ops.names());
    names.addAll(comm.names());
    names.addAll(
        List.of(
            "update",
            "train_step",
            "kept",
            "later",
            LoopFunction.ARRIVED,
            "MICRO",
            "Stage",
            "Activation",
            "Cache"));
    var local = new ArrayList<String>();
    for (var phase : Phase.values()) {
      local.add(StagePrinter.suffix(phase));
    }
    shape.stages().stream()
        .flatMap(s -> new Block(List.of(), s.region().nodes(), List.of()).allNodes())
        .filter(node -> node.op() instanceof Repeat)
        .flatMap(PipelineFile::functionsOf)
        .forEach(local::add);
    var prefixes = IntStream.range(0, shape.stages().size()).mapToObj(PipelineFile::prefix);
    names.addAll(SharedFunctions.reserved(local, prefixes.toList()));
    local.forEach(names::remove);
    for (var phase : Phase.values()) {
      names.add(StagePrinter.suffix(phase));
    }
    return names;
  }

  private static Stream<String> functionsOf(Node loop) {
    var repeat = (Repeat) loop.op();
    var suffixes = Program.Suffixes.STAGED;
    return Stream.of(suffixes.name(repeat), suffixes.aheadName(repeat));
  }

  /** The inputs and outputs of all devices' programs as those of one, with whole weights. */
  private static Function whole(Module step, PipelineShape shape) {
    var inputs = new LinkedHashMap<Port, Param>();
    var outputs = new LinkedHashMap<Port, Value>();
    var weights = new LinkedHashMap<String, Param>();
    for (int place = 0; place < shape.rows().size(); place++) {
      var program = step.function(Module.programName(place));
      for (int i = 0; i < program.inputs().size(); i++) {
        var param = program.body().params().get(i);
        switch (program.inputs().get(i)) {
          case Port.Weight weight -> {
            if (!weights.containsKey(weight.path())) {
              weights.put(weight.path(), whole(weight, param));
              inputs.put(new Port.Weight(weight.path(), weight.init()), whole(weight, param));
            }
          }
          case Port.Data data -> inputs.putIfAbsent(data, param);
          default -> {}
        }
      }
      for (int i : program.outputIndices(Port.Output.class)) {
        var yield = program.body().yields().get(i);
        outputs.putIfAbsent(
            program.outputs().get(i), new Param(yield.name(), yield.type(), yield.sharding()));
      }
    }
    var body = new Block(List.copyOf(inputs.values()), List.of(), List.copyOf(outputs.values()));
    return new Function("step", List.copyOf(inputs.keySet()), body, List.copyOf(outputs.keySet()));
  }

  /** The local piece of a weight if this rank had all rows. */
  private static Param whole(Port.Weight weight, Param param) {
    if (weight.rows().isEmpty()) {
      return param;
    }
    var rows = weight.rows().get();
    var dims = new ArrayList<>(param.type().dims());
    var first = dims.getFirst();
    dims.set(0, first.resized(first.size() * rows.of() / rows.count()));
    return new Param(param.name(), param.type().withDims(dims), param.sharding());
  }
}
