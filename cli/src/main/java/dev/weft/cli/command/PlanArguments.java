package dev.weft.cli.command;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Checked;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a model is spread over devices. */
final class PlanArguments {
  private static final String JSON = ".json";

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description =
          "Degrees such as dp=2,tp=4,sp,micro=4,zero=1, or a plan file (.json). Default: one"
              + " device.")
  private Optional<String> plan = Optional.empty();

  PassProblems.PlanState state() {
    return plan.isPresent() ? PassProblems.PlanState.GIVEN : PassProblems.PlanState.ABSENT;
  }

  Checked<PlanChoice> choice(Terminal terminal) {
    return choice(terminal, OptionalInt.empty());
  }

  Checked<PlanChoice> choice(Terminal terminal, OptionalInt devices) {
    return plan.map(text -> read(terminal, text))
        .orElse(Checked.ok(PlanChoice.SERIAL))
        .map(choice -> new PlanChoice(choice.origin(), devices));
  }

  private static Checked<PlanChoice> read(Terminal terminal, String text) {
    boolean isFile = text.endsWith(JSON) || Files.isRegularFile(terminal.resolve(text));
    return isFile
        ? TextFile.read(terminal, text).map(PlanChoice::json)
        : Checked.ok(PlanChoice.knobs(text));
  }
}
