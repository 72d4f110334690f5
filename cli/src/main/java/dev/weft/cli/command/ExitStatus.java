package dev.weft.cli.command;

/** What the process tells whoever started it. */
public final class ExitStatus {
  public static final int OK = 0;

  /** The input is wrong, or a check has failed. */
  public static final int FAILED = 1;

  /** The command line cannot be carried out as it is written. */
  public static final int USAGE = 2;

  /** A bug of ours; the number is EX_SOFTWARE of sysexits.h. */
  public static final int INTERNAL = 70;

  private ExitStatus() {}
}
