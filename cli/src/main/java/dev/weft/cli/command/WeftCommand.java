package dev.weft.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "weft",
    description = "A compiler for parallel model training.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%n`weft help COMMAND` explains one. Exit status: 0 done, 1 the input is wrong or a check"
          + " has",
      "failed, 2 the command line is wrong, 70 a bug of Weft."
    })
final class WeftCommand {}
