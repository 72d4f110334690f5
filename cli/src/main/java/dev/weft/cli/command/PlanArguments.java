package dev.weft.cli.command;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.ScheduleChoice;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a model is spread over devices. */
final class PlanArguments {
  private static final String JSON = ".json";
  private static final String AUTO = "auto";

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description =
          "Degrees such as pp=2,dp=2,tp=4,sp,micro=4,zero=1, a plan file (.json), or auto, the best"
              + " plan of --cluster. Default: one device.")
  private Optional<String> plan = Optional.empty();

  /** Whether the best plan is asked for. */
  boolean isAutomatic() {
    return plan.filter(AUTO::equals).isPresent();
  }

  /** Whether nothing is said. */
  boolean isUnsaid() {
    return plan.isEmpty();
  }

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
    return isFile ? TextFile.read(terminal, text).map(PlanChoice::json) : knobs(terminal, text);
  }

  /** What is wrong with the knobs is said later, when they meet the model. */
  private static Checked<PlanChoice> knobs(Terminal terminal, String text) {
    var schedule =
        KnobsParser.parse(new Source("--plan", text))
            .value()
            .flatMap(knobs -> knobs.pipeline().schedule());
    return schedule.isPresent() && schedule.get() instanceof ScheduleChoice.InFile(var file)
        ? TextFile.read(terminal, file).map(table -> PlanChoice.knobs(text, table))
        : Checked.ok(PlanChoice.knobs(text));
  }
}
