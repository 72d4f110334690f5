package dev.weft.cli.render;

import java.util.Locale;

/** How far a run has come, on one line of the screen that disappears in the end. */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** Whether anybody looks. */
  public enum Audience {
    PERSON,
    NOBODY
  }

  private final Terminal terminal;
  private final int steps;
  private final Audience audience;

  public ProgressBar(Terminal terminal, int steps, Audience audience) {
    this.terminal = terminal;
    this.steps = steps;
    this.audience = audience;
    show(0, "");
  }

  /** A step is done. */
  public void advance(int step, double loss) {
    show(step, String.format(Locale.ROOT, "  loss %.4f", loss));
  }

  @Override
  public void close() {
    if (audience == Audience.PERSON) {
      terminal.err().print(CLEAR_LINE);
      terminal.err().flush();
    }
  }

  private void show(int step, String note) {
    if (audience == Audience.PERSON) {
      int done = (int) ((long) WIDTH * step / steps);
      var bar = "━".repeat(done) + "·".repeat(WIDTH - done);
      terminal.err().print(CLEAR_LINE + bar + " step " + step + "/" + steps + note);
      terminal.err().flush();
    }
  }
}
