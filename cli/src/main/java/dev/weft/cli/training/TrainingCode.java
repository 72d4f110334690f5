package dev.weft.cli.training;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** What keeps a model from being trained here. */
public enum TrainingCode implements Code {
  TOO_LARGE(
      "W0822",
      "The model is too large for the memory of this machine.",
      "Choose smaller sizes (--preset tiny, -D batch=N), or allow more memory with"
          + " WEFT_JAVA_OPTS=-Xmx16g."),
  NO_WEIGHTS("W0823", "The model has no parameters to train.", "Declare one with `param`."),
  SHORT_TEXT(
      "W0824",
      "The text is shorter than one sequence of the model.",
      "Give a longer text, or a smaller sequence axis with -D."),
  TOKEN_OUT_OF_RANGE(
      "W0825",
      "The text holds a byte that is not a token of the model.",
      "Bytes are the tokens: a vocabulary of 256 takes every text."),
  TEXT_UNUSED(
      "W0826",
      Severity.WARNING,
      "No input of the model is fed by text.",
      "Say `from text` behind the input that is to read it."),
  TIME_OUT(
      "W0827",
      "A device waited too long for others.",
      "Allow more time with --timeout, if the machine is slow.");

  private final Description description;

  TrainingCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  TrainingCode(String id, Severity severity, String summary, String help) {
    this.description = new Description(id, severity, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
