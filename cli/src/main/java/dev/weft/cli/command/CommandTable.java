package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands by name. One is only made when it is asked for: making it reads its annotations. */
final class CommandTable {
  static final String HELP = "help";

  private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

  /** What needs no subcommand at all. */
  private static final List<String> VERSION = List.of("-V", "--version");

  private CommandTable() {}

  /** The root command, with the one subcommand that the arguments name, or else with all. */
  static CommandLine of(String[] arguments, Terminal terminal) {
    var root = explained(new WeftCommand());
    root.getCommandSpec().addOption(version());
    var first = arguments.length > 0 ? arguments[0] : HELP;
    if (COMMANDS.containsKey(first)) {
      root.addSubcommand(first, explained(COMMANDS.get(first).apply(terminal)));
    } else if (!VERSION.contains(first)) {
      COMMANDS.forEach((name, make) -> root.addSubcommand(name, explained(make.apply(terminal))));
      root.addSubcommand(HELP, new CommandLine.HelpCommand());
    }
    return root;
  }

  /** A command that has {@code --help}. */
  private static CommandLine explained(Object command) {
    var line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text.")
                .build());
    return line;
  }

  private static OptionSpec version() {
    return OptionSpec.builder(VERSION.toArray(String[]::new))
        .versionHelp(true)
        .description("Show the version.")
        .build();
  }

  private static Map<String, Function<Terminal, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Terminal, Object>>();
    commands.put("check", CheckCommand::new);
    commands.put("info", InfoCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("compile", CompileCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("simulate", SimulateCommand::new);
    commands.put("calibrate", CalibrateCommand::new);
    commands.put("fmt", FmtCommand::new);
    commands.put("std", StdCommand::new);
    commands.put("opt", OptCommand::new);
    commands.put("validate", ValidateCommand::new);
    return commands;
  }
}
