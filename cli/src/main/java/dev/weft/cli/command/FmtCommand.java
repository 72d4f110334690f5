package dev.weft.cli.command;

import dev.weft.cli.render.FmtView;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.syntax.Formatter;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fmt",
    description = "Write models in the one canonical layout.",
    footer = "%nA file with a syntax error is left as it is.")
final class FmtCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Models (.weft), changed in place; - formats standard input to standard output.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--check",
      description = "Change nothing: list the files that are not formatted, and exit with 1.")
  private boolean check;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;
  private final List<String> changed = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private String formattedInput = "";

  FmtCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    files.forEach(this::format);
    var mode = check ? FmtView.Mode.CHECK : FmtView.Mode.WRITE;
    var view = new FmtView(mode, changed, formattedInput);
    return output.report(terminal).finish(Checked.of(view, diagnostics));
  }

  private void format(String file) {
    var result = TextFile.read(terminal, file).then(source -> format(file, source));
    diagnostics.addAll(result.diagnostics());
  }

  private Checked<Source> format(String file, Source source) {
    return Formatter.format(source).then(text -> settle(file, source, text));
  }

  private Checked<Source> settle(String file, Source source, String formatted) {
    boolean differs = !formatted.equals(source.text());
    if (differs) {
      changed.add(source.name());
    }
    if (file.equals(TextFile.STANDARD_INPUT)) {
      formattedInput = formatted;
    } else if (differs && !check) {
      return TextFile.write(terminal.resolve(file), formatted).map(_ -> source);
    }
    return Checked.ok(source);
  }
}
