package dev.weft.testsuite.harness;

import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a case stands.
 *
 * @param form the blocks whose text is another: the text that they should hold, by name
 * @param meaning what else is wrong; no bless mends it
 */
record Verdict(Map<String, List<String>> form, List<String> meaning) {
  boolean isRight() {
    return form.isEmpty() && meaning.isEmpty();
  }

  static Verdict of(Case one) {
    return new Trial(one).verdict();
  }

  /** Runs the tools of one case. */
  private static final class Trial {
    private final Case one;
    private final Map<String, List<String>> form = new TreeMap<>();
    private final List<String> meaning = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<String> given = new ArrayList<>();

    Trial(Case one) {
      this.one = one;
    }

    Verdict verdict() {
      if (one.runs().isEmpty()) {
        meaning.add("no RUN line");
      }
      one.runs().forEach(this::run);
      compareDiagnostics();
      one.blocks().stream()
          .filter(block -> !given.contains(block.name()))
          .forEach(block -> meaning.add("nothing gives the block `" + block.name() + "`"));
      return new Verdict(form, meaning);
    }

    private void run(Invocation run) {
      try {
        var produced = Tool.named(run.tool()).run(one, run);
        produced.violation().ifPresent(v -> meaning.add(run.tool() + ": " + v));
        produced.diagnostics().stream()
            .filter(d -> !diagnostics.contains(d))
            .forEach(diagnostics::add);
        produced.text().ifPresent(text -> compare(run, text.lines().toList()));
      } catch (RuntimeException e) {
        meaning.add(run.tool() + " crashed: " + e);
      }
    }

    private void compare(Invocation run, List<String> text) {
      given.add(run.name());
      var block = one.block(run.name());
      if (block.isPresent() && block.get().isSame()) {
        var own = TextTools.unchanged(one, run).map(t -> t.lines().toList());
        if (!own.equals(java.util.Optional.of(text))) {
          meaning.add(run.name() + " should leave the program as it is, but gives\n" + lines(text));
        }
      } else if (block.isEmpty() || !block.get().text().equals(text)) {
        form.put(run.name(), text);
      }
    }

    private void compareDiagnostics() {
      var open = new ArrayList<>(one.annotations());
      for (var diagnostic : diagnostics) {
        var match =
            open.stream().filter(a -> a.matches(diagnostic, one.program().name())).findFirst();
        match.ifPresent(open::remove);
        if (match.isEmpty()) {
          var code = diagnostic.code();
          meaning.add(
              "no annotation says "
                  + code.severity()
                  + " "
                  + code.id()
                  + " at "
                  + diagnostic.span().place()
                  + ": "
                  + diagnostic.message());
        }
      }
      open.forEach(a -> meaning.add("line " + a.line() + ": nothing reports " + a));
    }

    private static String lines(List<String> text) {
      return String.join("\n", text);
    }
  }
}
