package dev.weft.ir.schedule;

/** What a device does with one micro-batch of one stage. */
public enum Phase {
  /** Computes what the next stages need, and keeps what the backward needs. */
  FORWARD('F'),
  /** Both halves of the backward at once. */
  BACKWARD('B'),
  /** The half of the backward that earlier stages wait for: gradients by the stage's inputs. */
  INPUT_GRADIENT('I'),
  /** The half that nobody waits for: gradients by the stage's weights. */
  WEIGHT_GRADIENT('W');

  private final char letter;

  Phase(char letter) {
    this.letter = letter;
  }

  /** The letter in the text of a schedule. */
  public char letter() {
    return letter;
  }
}
