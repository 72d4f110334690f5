package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.text.Printer;
import dev.weft.passes.core.PassCrash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A bug of ours. Leaves a file from which it can be seen again: the module that a pass failed on,
 * or else the model, behind comments that hold the command line, its plan, and the stack.
 */
record Crash(Throwable failure, String[] arguments, String version) {
  private static final String NAME = "weft-crash";
  private static final int MOST_FILES = 1000;

  /** Writes the reproducer and says what happened. */
  Diagnostic report(Terminal terminal) {
    if (terminal.is(Terminal.Trait.DEBUG)) {
      failure.printStackTrace(terminal.err());
    }
    var diagnostic = Diagnostic.of(CommandCode.INTERNAL, Span.NONE, message());
    return written(terminal)
        .map(path -> diagnostic.note("a reproducer is in " + path))
        .orElse(diagnostic.note("a reproducer could not be written"));
  }

  private String message() {
    var what = failure.getMessage();
    return what == null || failure instanceof Error ? failure.toString() : what;
  }

  private Optional<Path> written(Terminal terminal) {
    var text = header(terminal) + body(terminal);
    var extension = passCrash().isPresent() ? ".ir" : ".weft";
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return List.of(terminal.directory(), temporary).stream()
        .flatMap(directory -> write(directory, extension, text).stream())
        .findFirst();
  }

  private static Optional<Path> write(Path directory, String extension, String text) {
    for (int i = 1; i <= MOST_FILES; i++) {
      var path = directory.resolve(NAME + "-" + i + extension);
      if (!Files.exists(path)) {
        return writeNew(path, text);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> writeNew(Path path, String text) {
    try {
      return Optional.of(Files.writeString(path, text, StandardOpenOption.CREATE_NEW));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String header(Terminal terminal) {
    var stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    var command = "weft " + String.join(" ", arguments);
    return commented("weft " + version + " failed: " + message())
        + commented("Java " + Runtime.version())
        + commented("command: " + command)
        + passCrash().map(c -> commented("the module before the pass " + c.pass())).orElse("")
        + inputs(terminal, ".json").map(plan -> commented("the plan:") + commented(plan)).orElse("")
        + commented(stack.toString())
        + "\n";
  }

  private String body(Terminal terminal) {
    return passCrash()
        .map(crash -> Printer.print(crash.before()))
        .or(() -> inputs(terminal, ".weft"))
        .or(() -> inputs(terminal, ".ir"))
        .orElse("");
  }

  private Optional<PassCrash> passCrash() {
    for (var e = Optional.of(failure); e.isPresent(); e = Optional.ofNullable(e.get().getCause())) {
      if (e.get() instanceof PassCrash crash) {
        return Optional.of(crash);
      }
    }
    return Optional.empty();
  }

  /** The text of the first argument that is a file of a kind. */
  private Optional<String> inputs(Terminal terminal, String extension) {
    return List.of(arguments).stream()
        .filter(a -> a.endsWith(extension))
        .flatMap(a -> TextFile.read(terminal, a).value().stream())
        .map(source -> source.text())
        .findFirst();
  }

  private static String commented(String text) {
    return text.lines().map(line -> "// " + line + "\n").collect(Collectors.joining());
  }
}
