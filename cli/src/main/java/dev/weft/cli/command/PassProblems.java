package dev.weft.cli.command;

import dev.weft.cli.compile.PassList;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** Why a list of passes cannot run. */
final class PassProblems {
  private static final String PASSES = "--passes";
  private static final String PRINT_AFTER = "--print-after";
  private static final String ALL = "all";

  /** Whether the command line has a plan. */
  enum PlanState {
    GIVEN,
    ABSENT
  }

  private PassProblems() {}

  static List<Diagnostic> ofNames(List<String> passes, List<String> printAfter, PlanState plan) {
    var problems = new ArrayList<Diagnostic>();
    for (var name : passes) {
      if (!PassList.NAMES.contains(name)) {
        problems.add(unknown(PASSES, passes, name));
      } else if (PassList.PLANNED.contains(name) && plan == PlanState.ABSENT) {
        problems.add(
            Diagnostic.of(
                CommandCode.PLAN_NEEDED,
                place(PASSES, passes, name),
                "`" + name + "` applies a plan"));
      }
    }
    for (var name : printAfter) {
      if (!name.equals(ALL) && !passes.contains(name)) {
        problems.add(
            PassList.NAMES.contains(name)
                ? Diagnostic.of(
                    CommandCode.UNKNOWN_PASS,
                    place(PRINT_AFTER, printAfter, name),
                    "`" + name + "` is not among --passes")
                : unknown(PRINT_AFTER, printAfter, name));
      }
    }
    return problems;
  }

  static List<Diagnostic> ofModule(Module module, List<String> passes) {
    return PassList.obstacle(module, passes)
        .map(why -> Diagnostic.of(CommandCode.NOT_FOR_PASSES, Span.NONE, why))
        .stream()
        .toList();
  }

  static List<Diagnostic> ofOrder(List<Pass> passes, Module module) {
    return Pipeline.problems(passes, module.properties()).stream()
        .map(why -> Diagnostic.of(CommandCode.PASS_ORDER, Span.NONE, why))
        .toList();
  }

  static Diagnostic knobsForIr(Source knobs) {
    return Diagnostic.of(
            CommandCode.PLAN_NEEDED, knobs.whole(), "degrees need a model, and this is IR text")
        .note("`weft plan FILE --plan KNOBS -o plan.json` writes the plan that they mean");
  }

  private static Diagnostic unknown(String option, List<String> names, String name) {
    var span = place(option, names, name);
    var diagnostic =
        Diagnostic.of(CommandCode.UNKNOWN_PASS, span, "there is no pass `" + name + "`");
    return Suggestions.closest(name, PassList.NAMES)
        .map(meant -> diagnostic.fix(span, meant))
        .orElse(diagnostic);
  }

  /** The place of a name in the list as it was written. */
  private static Span place(String option, List<String> names, String name) {
    var text = String.join(",", names);
    int start = 0;
    for (var other : names.subList(0, names.indexOf(name))) {
      start += other.length() + 1;
    }
    return new Span(new Source(option, text), start, start + name.length());
  }
}
