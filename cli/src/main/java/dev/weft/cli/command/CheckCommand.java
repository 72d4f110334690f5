package dev.weft.cli.command;

import dev.weft.cli.render.CheckView;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Check models: names, axes, sizes, types.",
    footer = "%nEvery mistake of a file is reported in one run.")
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Models (.weft); - reads standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private SizeOptions sizes = new SizeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var models = new LinkedHashMap<String, CheckedModel>();
    var diagnostics = new ArrayList<Diagnostic>();
    for (var file : files) {
      var model = check(file);
      diagnostics.addAll(model.diagnostics());
      model.value().ifPresent(m -> models.put(file, m));
    }
    return output.report(terminal).finish(Checked.of(new CheckView(models), diagnostics));
  }

  private Checked<CheckedModel> check(String file) {
    return TextFile.read(terminal, file).then(source -> Frontend.check(source, sizes.options()));
  }
}
