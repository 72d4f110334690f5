package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
public final class CommandLineRun {
  private static final int HELP_WIDTH = 100;

  private final String[] arguments;
  private final Terminal terminal;
  private final String version;
  private final Report report;

  private CommandLineRun(String[] arguments, Terminal terminal, String version) {
    this.arguments = arguments.clone();
    this.terminal = terminal;
    this.version = version;
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
    var run = new CommandLineRun(arguments, terminal, version);
    try {
      return run.execute();
    } catch (RuntimeException | Error e) {
      return run.crashed(e);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int execute() {
    var commandLine = CommandTable.of(arguments, terminal);
    commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(
        Help.defaultColorScheme(terminal.colorsOut() ? Help.Ansi.ON : Help.Ansi.OFF));
    commandLine.setUsageHelpWidth(HELP_WIDTH);
    commandLine.getCommandSpec().version("weft " + version);
    commandLine.setParameterExceptionHandler((e, _) -> misunderstood(e));
    commandLine.setExecutionExceptionHandler((e, _, _) -> crashed(e));
    if (arguments.length == 0) {
      commandLine.usage(terminal.err());
      return ExitStatus.USAGE;
    }
    return commandLine.execute(arguments);
  }

  private int crashed(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return report.fail(List.of(outOfMemory()));
      }
    }
    return report.fail(List.of(new Crash(e, arguments, version).report(terminal)));
  }

  private int misunderstood(ParameterException e) {
    var diagnostic = Diagnostic.of(CommandCode.USAGE, Span.NONE, message(e));
    return report.fail(List.of(suggested(e, diagnostic)));
  }

  private String message(ParameterException e) {
    boolean isRoot = e.getCommandLine().getParent() == null;
    if (isRoot && !arguments[0].startsWith("-")) {
      return "there is no command `" + named() + "`";
    }
    var message = e.getMessage();
    return message == null || message.isEmpty()
        ? "the arguments are not understood"
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  /** The command that the arguments name, to run it or to have it explained. */
  private String named() {
    boolean explained = arguments[0].equals(CommandTable.HELP) && arguments.length > 1;
    return explained ? arguments[1] : arguments[0];
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
