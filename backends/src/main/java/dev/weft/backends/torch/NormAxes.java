package dev.weft.backends.torch;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.plan.OptimizerSpec;
import java.util.List;
import java.util.function.Predicate;

/**
 * The mesh axes over which the update sums squares.
 *
 * @param weight for the norm of each weight
 * @param total for the norm of all of them
 */
record NormAxes(List<String> weight, List<String> total) {
  static NormAxes of(Module step) {
    return new NormAxes(
        over(step, NormAxes::isBySegment),
        over(
            step,
            v ->
                v instanceof Result r
                    && r.node().op() instanceof Reduce
                    && isBySegment(r.node().operand(0))));
  }

  private static boolean isBySegment(Value value) {
    return value instanceof Result result && result.node().op() instanceof SegmentSquares;
  }

  /** The axes of the all-reduce of such a value; none where there is no such. */
  private static List<String> over(Module step, Predicate<Value> summed) {
    return step.functions().stream()
        .flatMap(f -> f.body().nodes().stream())
        .filter(n -> n.op() instanceof AllReduce && summed.test(n.operand(0)))
        .map(Node::op)
        .map(op -> ((AllReduce) op).over())
        .findFirst()
        .orElse(List.of());
  }

  /** Notes the process groups that the sums need. */
  void register(Vocabulary vocabulary) {
    group(weight, vocabulary);
    group(total, vocabulary);
  }

  /** The constants that {@code norms.py} reads. */
  void write(PythonWriter out, OptimizerSpec optimizer, Vocabulary vocabulary) {
    out.line(
        "# the weights that do not decay; the stacked weights, and how many axes count layers");
    tuple(out, "NO_DECAY", undecayed(optimizer));
    tuple(out, "STACKS", stacks(optimizer));
    out.line("WEIGHT_NORM = " + group(weight, vocabulary), "axes of the sum for a weight's norm");
    out.line("TOTAL_NORM = " + group(total, vocabulary), "axes of the sum for the norm of all");
  }

  private static String group(List<String> axes, Vocabulary vocabulary) {
    return axes.isEmpty() ? "()" : vocabulary.group(axes);
  }

  private static void tuple(PythonWriter out, String name, List<String> items) {
    Wrapping.write(out, name + " = (", items, items.size() == 1 ? ",)" : ")");
  }

  static List<String> undecayed(OptimizerSpec optimizer) {
    return optimizer.rules().undecayed().stream().map(Literal::string).toList();
  }

  static List<String> stacks(OptimizerSpec optimizer) {
    return optimizer instanceof OptimizerSpec.Lamb lamb
        ? lamb.stacks().entrySet().stream()
            .map(e -> "(" + Literal.string(e.getKey()) + ", " + e.getValue() + ")")
            .toList()
        : List.of();
  }
}
