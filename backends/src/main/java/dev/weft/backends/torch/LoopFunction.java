package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A function of a loop's body, and how it is called.
 *
 * @param name the function
 * @param usesWeights whether it takes {@code p}
 * @param usesGradients whether it takes {@code g}
 * @param indices the loop indices that it takes
 * @param sources the loops whose saved slices it takes, in order
 * @param arguments the operands that it takes beside the carried ones, by position
 * @param kept the stacked results that it returns, in order
 * @param savedNames what these are called in the function
 * @param ahead the function that begins to bring what an iteration needs, where there is one
 */
record LoopFunction(
    String name,
    boolean usesWeights,
    boolean usesGradients,
    List<String> indices,
    List<Node> sources,
    List<Integer> arguments,
    List<Integer> kept,
    Map<Integer, String> savedNames,
    Optional<LoopFunction> ahead) {

  /** What a call of the function that brings things ahead has brought. */
  static final String ARRIVED = "arrived";

  /** The same function under another name. */
  LoopFunction called(String other) {
    return new LoopFunction(
        other, usesWeights, usesGradients, indices, sources, arguments, kept, savedNames, ahead);
  }

  /** A function that is written, by what its text uses. */
  static LoopFunction of(String name, Routine routine, LoopParameters parameters) {
    var body = routine.out().text();
    return new LoopFunction(
        name,
        mentions(body, "p"),
        mentions(body, "g"),
        routine.scope().indices().stream().filter(i -> mentions(body, i)).toList(),
        parameters.sources(),
        parameters.arguments(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** The same function, which returns something to be stacked. */
  LoopFunction keeping(List<Integer> results, Map<Integer, String> names) {
    return new LoopFunction(
        name,
        usesWeights,
        usesGradients,
        indices,
        sources,
        arguments,
        List.copyOf(results),
        Map.copyOf(names),
        ahead);
  }

  /** The same function, which takes what another one has begun to bring. */
  LoopFunction taking(Optional<LoopFunction> brought) {
    return new LoopFunction(
        name, usesWeights, usesGradients, indices, sources, arguments, kept, savedNames, brought);
  }

  /** What a definition or a call has first: weights, gradients, indices. */
  List<String> common() {
    var all = new ArrayList<String>();
    if (usesWeights) {
      all.add("p");
    }
    if (usesGradients) {
      all.add("g");
    }
    all.addAll(indices);
    return all;
  }

  /** The definition. */
  String text(List<String> parameters, String docstring, Routine routine) {
    var all = common();
    if (ahead.isPresent()) {
      all.add(ARRIVED);
    }
    all.addAll(parameters);
    var writer = new PythonWriter();
    Wrapping.line(writer, "def " + name + "(" + String.join(", ", all) + "):", "");
    writer.indented(
        () -> writer.lines("\"\"\"" + docstring + ".\"\"\"").lines(routine.out().text()));
    return writer.text();
  }

  private static boolean mentions(String body, String name) {
    return Pattern.compile("(?<![\\w.])" + name + "\\b").matcher(code(body)).find();
  }

  /** The body without comments and strings. */
  private static String code(String body) {
    return body.lines()
        .map(l -> l.replaceAll("#.*", "").replaceAll("\"[^\"]*\"", ""))
        .collect(Collectors.joining("\n"));
  }
}
