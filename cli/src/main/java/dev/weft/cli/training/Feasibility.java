package dev.weft.cli.training;

import dev.weft.cli.compile.Compilation;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.runtime.train.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether a model can be trained here, found out before anything is allocated. */
final class Feasibility {
  /** Bytes that the runtime takes for an element. */
  private static final long ELEMENT_BYTES = 8;

  private Feasibility() {}

  /** About the model and its data. */
  static Checked<Compilation> check(Compilation compilation, Optional<byte[]> text) {
    var problems = new ArrayList<Diagnostic>();
    var whole = compilation.model().module().only();
    if (whole.inputIndices(Port.Weight.class).isEmpty()) {
      problems.add(problem(TrainingCode.NO_WEIGHTS, "there is nothing to train"));
    }
    text.ifPresent(bytes -> problems.addAll(ofText(whole, bytes)));
    return new Checked<>(Optional.of(compilation), problems);
  }

  /** About the memory that a step takes; a lower bound, so that nothing feasible is refused. */
  static Checked<Module> check(Module step, Compilation compilation) {
    var whole = compilation.model().module().only();
    long largest =
        Stream.concat(Stream.of(whole), step.functions().stream())
            .flatMap(Feasibility::values)
            .mapToLong(v -> v.type().elements())
            .max()
            .orElse(0);
    long inputs =
        IntStream.range(0, step.mesh().devices())
            .mapToLong(device -> elements(step.program(device)))
            .reduce(elements(whole), Math::addExact);
    long limit = Runtime.getRuntime().maxMemory();
    if (largest <= Integer.MAX_VALUE - 8 && inputs <= limit / ELEMENT_BYTES) {
      return Checked.ok(step);
    }
    var message =
        largest > Integer.MAX_VALUE - 8
            ? "the model has a tensor of " + largest + " elements; the grid takes less than 2^31"
            : "weights and state take "
                + (inputs * ELEMENT_BYTES >> 20)
                + " MiB on all devices together, and there are "
                + (limit >> 20);
    return Checked.failed(problem(TrainingCode.TOO_LARGE, message));
  }

  private static Stream<Value> values(Function function) {
    return Stream.concat(
        function.body().params().stream(),
        function.body().allNodes().flatMap(node -> node.results().stream()));
  }

  private static long elements(Function function) {
    return function.body().params().stream()
        .mapToLong(p -> p.type().elements())
        .reduce(0, Math::addExact);
  }

  private static List<Diagnostic> ofText(Function whole, byte[] text) {
    if (!Batches.readsText(whole)) {
      return List.of(problem(TrainingCode.TEXT_UNUSED, "the batches are synthetic"));
    }
    var problems = new ArrayList<Diagnostic>();
    long shortest = Batches.shortestText(whole);
    if (text.length < shortest) {
      var message = "the text has " + text.length + " bytes; a batch needs " + shortest;
      problems.add(problem(TrainingCode.SHORT_TEXT, message));
    }
    whole.inputIndices(Port.Data.class).stream()
        .flatMap(i -> outOfRange((Port.Data) whole.inputs().get(i), text).stream())
        .findFirst()
        .ifPresent(problems::add);
    return problems;
  }

  private static Optional<Diagnostic> outOfRange(Port.Data port, byte[] text) {
    long bound = port.bound().orElse(Long.MAX_VALUE);
    for (int at = 0; port.textShift().isPresent() && at < text.length; at++) {
      if ((text[at] & 0xff) >= bound) {
        var message =
            "byte "
                + at
                + " of the text is "
                + (text[at] & 0xff)
                + ", and `"
                + port.name()
                + "` takes tokens below "
                + bound;
        return Optional.of(problem(TrainingCode.TOKEN_OUT_OF_RANGE, message));
      }
    }
    return Optional.empty();
  }

  private static Diagnostic problem(TrainingCode code, String message) {
    return Diagnostic.of(code, Span.NONE, message);
  }
}
