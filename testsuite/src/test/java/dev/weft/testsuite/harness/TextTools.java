package dev.weft.testsuite.harness;

import dev.weft.backends.torch.Bundle;
import dev.weft.backends.torch.Target;
import dev.weft.backends.torch.TorchBackend;
import dev.weft.frontend.syntax.Formatter;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Checked;
import dev.weft.ir.text.Printer;
import dev.weft.ir.type.DType;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tools that give text. */
final class TextTools {
  private TextTools() {}

  static Produced fmt(Case one, Invocation run) {
    return Produced.text(Formatter.format(one.program()).map(String::stripLeading));
  }

  static Produced plan(Case one, Invocation run) {
    return Produced.text(Subject.of(one, run).map(s -> PlanJson.write(s.plan())));
  }

  static Produced opt(Case one, Invocation run) {
    return Produced.text(
        Subject.of(one, run)
            .then(s -> passed(s, run, s.piece()))
            .map(m -> Printer.print(m.only())));
  }

  /** The case's own program as {@code opt} would print it. */
  static Optional<String> unchanged(Case one, Invocation run) {
    return Subject.of(one, run).map(s -> Printer.print(s.piece().only())).value();
  }

  static Produced comm(Case one, Invocation run) {
    return Produced.text(
        Subject.of(one, run)
            .then(s -> through(s, List.of("step"), s.piece()))
            .map(CollectiveList::of));
  }

  static Produced emit(Case one, Invocation run) {
    var file = run.one("file").orElseThrow();
    return Produced.text(
        Subject.of(one, run)
            .then(s -> through(s, List.of("step"), s.piece()).map(step -> bundle(s, step, run)))
            .then(TorchBackend::emit)
            .map(files -> Optional.ofNullable(files.get(file)).orElseThrow()));
  }

  private static Bundle bundle(Subject subject, Module step, Invocation run) {
    var target = run.one("target").orElse("cpu").toUpperCase(Locale.ROOT);
    var whole = subject.whole().only();
    long batch =
        whole.body().params().stream()
            .flatMap(p -> p.type().find("batch").stream())
            .mapToLong(d -> d.size())
            .findFirst()
            .orElse(1);
    return new Bundle(
        Target.valueOf(target),
        "model",
        "case.weft",
        step,
        whole,
        PlanJson.write(subject.plan()),
        subject.optimizer(),
        DType.F64,
        batch,
        0);
  }

  /** A module through the passes that a run names. */
  static Checked<Module> passed(Subject subject, Invocation run, Module module) {
    return through(subject, List.of(run.one("passes").orElse("").split(",")), module);
  }

  static Checked<Module> through(Subject subject, List<String> names, Module module) {
    var passes = new ArrayList<Pass>();
    for (var name : names) {
      for (var part : meaning(name)) {
        passes.add(subject.passes().find(part).orElseThrow());
      }
    }
    return new Pipeline(passes, module.properties()).run(module);
  }

  /** The passes that a word stands for: some words stand for the usual ones up to a point. */
  private static List<String> meaning(String name) {
    return switch (name) {
      case "" -> List.of();
      case "grads" -> List.of("simplify", "autodiff", "expand", "simplify");
      case "sharded" -> with(meaning("grads"), "shard");
      case "lowered" -> with(meaning("sharded"), "lower", "simplify");
      case "step" -> with(meaning("lowered"), "training-step");
      default -> List.of(name);
    };
  }

  private static List<String> with(List<String> names, String... more) {
    var all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return all;
  }
}
