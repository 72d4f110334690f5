package dev.weft.cli.command;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a command line, and with the machine that it runs on. */
public enum CommandCode implements Code {
  USAGE(
      "W0801",
      ExitStatus.USAGE,
      "The command line is not understood.",
      "`weft help` lists the commands, `weft help COMMAND` the options of one."),
  UNREADABLE_FILE(
      "W0802", ExitStatus.USAGE, "A file cannot be read.", "Check its name and its permissions."),
  NOT_TEXT("W0803", ExitStatus.USAGE, "A file is not UTF-8 text.", "Save the file as UTF-8."),
  UNKNOWN_PASS(
      "W0804", ExitStatus.USAGE, "There is no such pass.", "`weft help opt` lists the passes."),
  PASS_ORDER(
      "W0805",
      ExitStatus.USAGE,
      "The passes cannot run in this order.",
      "The usual order is simplify, autodiff, expand, simplify, shard, lower, simplify, remat,"
          + " training-step, prefetch."),
  PLAN_NEEDED(
      "W0806",
      ExitStatus.USAGE,
      "A pass needs a plan.",
      "Give one with --plan, as for `weft run`."),
  NOT_FOR_PASSES(
      "W0807",
      ExitStatus.FAILED,
      "The module is not one that the passes can rewrite.",
      "Passes take a module of one function; differentiation takes one with a loss."),
  UNKNOWN_BLOCK(
      "W0808",
      ExitStatus.USAGE,
      "The standard library has no such block.",
      "`weft std` lists the blocks."),
  CANNOT_WRITE(
      "W0809",
      ExitStatus.FAILED,
      "A file cannot be written.",
      "Check the path and the free space."),
  OUT_OF_MEMORY(
      "W0810",
      ExitStatus.FAILED,
      "The command needs more memory than it may use.",
      "Choose smaller sizes (--preset tiny, -D batch=N), or allow more memory with"
          + " WEFT_JAVA_OPTS=-Xmx16g."),
  NO_PIPELINE(
      "W0811",
      ExitStatus.USAGE,
      "A schedule is asked for, and the plan has no pipeline.",
      "Add `pp=2` or more to the knobs, or `pipeline` to the plan."),
  INTERNAL(
      "W0899",
      ExitStatus.INTERNAL,
      "Weft has failed; this is a bug of Weft.",
      "Please report it with the reproducer.");

  private final Description description;
  private final int exitStatus;

  CommandCode(String id, int exitStatus, String summary, String help) {
    this.description = Description.error(id, summary, help);
    this.exitStatus = exitStatus;
  }

  /** With which a command ends that reports this. */
  public int exitStatus() {
    return exitStatus;
  }

  @Override
  public Description description() {
    return description;
  }
}
