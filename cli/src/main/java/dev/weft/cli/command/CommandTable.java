package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands by name. One is only made when it is asked for: making it reads its annotations. */
final class CommandTable {
  static final String HELP = "help";

  private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

  private CommandTable() {}

  /** The root command with the one subcommand that the arguments name, or else with all. */
  static CommandLine of(String[] arguments, Terminal terminal) {
    var root = new CommandLine(new WeftCommand());
    if (arguments.length > 0 && COMMANDS.containsKey(arguments[0])) {
      root.addSubcommand(arguments[0], COMMANDS.get(arguments[0]).apply(terminal));
    } else {
      COMMANDS.forEach((name, make) -> root.addSubcommand(name, make.apply(terminal)));
      root.addSubcommand(HELP, new CommandLine.HelpCommand());
    }
    return root;
  }

  private static Map<String, Function<Terminal, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Terminal, Object>>();
    commands.put("check", CheckCommand::new);
    commands.put("info", InfoCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("compile", CompileCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("fmt", FmtCommand::new);
    commands.put("std", StdCommand::new);
    commands.put("opt", OptCommand::new);
    return commands;
  }
}
