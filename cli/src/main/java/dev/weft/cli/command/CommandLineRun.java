package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
public final class CommandLineRun {
  private static final int HELP_WIDTH = 100;

  private final String[] arguments;
  private final Terminal terminal;
  private final Report report;

  private CommandLineRun(String[] arguments, Terminal terminal) {
    this.arguments = arguments.clone();
    this.terminal = terminal;
    boolean json = Arrays.asList(arguments).contains(OutputOptions.JSON);
    this.report = new Report(terminal, json ? Report.Form.JSON : Report.Form.TEXT);
  }

  /**
   * Runs a command to its end, whatever happens.
   *
   * @param version of Weft, for people
   * @return the exit status
   */
  public static int execute(String[] arguments, Terminal terminal, String version) {
    var run = new CommandLineRun(arguments, terminal);
    try {
      return run.execute(version);
    } catch (OutOfMemoryError e) {
      return run.report.fail(List.of(outOfMemory()));
    } catch (RuntimeException | Error e) {
      return run.report.fail(List.of(new Crash(e, arguments, version).report(terminal)));
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int execute(String version) {
    var commandLine = CommandTable.of(arguments, terminal);
    commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        Help.defaultColorScheme(terminal.colorsOut() ? Help.Ansi.ON : Help.Ansi.OFF));
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    commandLine.getCommandSpec().version("weft " + version);
    commandLine.setParameterExceptionHandler((e, _) -> misunderstood(e));
    commandLine.setExecutionExceptionHandler(
        (e, _, _) -> {
          throw e;
        });
    return commandLine.execute(arguments);
  }

  private int misunderstood(ParameterException e) {
    var diagnostic = Diagnostic.of(CommandCode.USAGE, Span.NONE, message(e));
    return report.fail(List.of(suggested(e, diagnostic)));
  }

  private static String message(ParameterException e) {
    var message = e.getMessage();
    return message == null || message.isEmpty()
        ? "the arguments are not understood"
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static Diagnostic suggested(ParameterException e, Diagnostic diagnostic) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      var near = unmatched.getSuggestions();
      return near.isEmpty()
          ? diagnostic
          : diagnostic.note("did you mean `" + String.join("` or `", near) + "`?");
    }
    return diagnostic;
  }

  private static Diagnostic outOfMemory() {
    long limit = Runtime.getRuntime().maxMemory() >> 20;
    var message = "the command may use " + limit + " MiB, and needs more";
    return Diagnostic.of(CommandCode.OUT_OF_MEMORY, Span.NONE, message);
  }
}
