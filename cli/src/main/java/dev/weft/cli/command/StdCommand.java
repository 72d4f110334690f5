package dev.weft.cli.command;

import dev.weft.cli.render.StdView;
import dev.weft.cli.render.Terminal;
import dev.weft.frontend.std.StandardLibrary;
import dev.weft.frontend.syntax.BlockDecl;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Suggestions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "std", description = "List the blocks of the standard library, or show one.")
final class StdCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "BLOCK", description = "Show this block whole.")
  private Optional<String> name = Optional.empty();

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  StdCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var view = name.map(StdCommand::one).orElseGet(StdCommand::all);
    return output.report(terminal).finish(view);
  }

  private static Checked<StdView> all() {
    var blocks = List.copyOf(StandardLibrary.bundled().blocks().values());
    return Checked.ok(new StdView(blocks, StdView.Depth.HEADS));
  }

  private static Checked<StdView> one(String name) {
    return StandardLibrary.bundled()
        .block(name)
        .map(block -> Checked.ok(new StdView(List.of(block), StdView.Depth.WHOLE)))
        .orElseGet(() -> Checked.failed(unknown(name)));
  }

  private static Diagnostic unknown(String name) {
    var span = new Source("std", name).whole();
    var message = "the standard library has no block `" + name + "`";
    var diagnostic = Diagnostic.of(CommandCode.UNKNOWN_BLOCK, span, message);
    return Suggestions.closest(name, names())
        .map(meant -> diagnostic.fix(span, meant))
        .orElse(diagnostic);
  }

  private static List<String> names() {
    return StandardLibrary.bundled().blocks().values().stream()
        .map(BlockDecl::name)
        .map(Object::toString)
        .toList();
  }
}
