package dev.weft.frontend.check;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.List;

/**
 * A program with a mistake, which « and » enclose, and what is said of it.
 *
 * @param message part of the diagnostic's message
 */
record Mistake(CheckCode code, String marked, String message, Options options) {
  private static final String OPEN = "«";
  private static final String CLOSE = "»";

  /** Everything that most programs need, and a place for statements. */
  private static final String MODEL =
      """
      model m(model = 8, heads = 2, vocab = 16, rate = 0.5) {
        axis batch = 4, seq = 6
        axis key = model / heads
        input ids: i32[batch, seq] in vocab
        param table: [vocab, model]
        x[batch, seq, model] = table[ids]
        %s
        loss = mean(square(x))
      }
      %s
      """;

  /** A whole file. */
  static Mistake file(CheckCode code, String marked, String message) {
    return new Mistake(code, marked, message, Options.NONE);
  }

  /** Statements in a model that has a tensor {@code x[batch, seq, model]}. */
  static Mistake body(CheckCode code, String statements, String message) {
    return file(code, MODEL.formatted(statements, ""), message);
  }

  /** Statements and declarations beside the model. */
  static Mistake body(CheckCode code, String statements, String declarations, String message) {
    return file(code, MODEL.formatted(statements, declarations), message);
  }

  /** The same with another loss, in which the mistake is. */
  Mistake withLoss(String loss, String newMessage) {
    return new Mistake(code, marked.replace("mean(square(x))", loss), newMessage, options);
  }

  Mistake with(Options other) {
    return new Mistake(code, marked, message, other);
  }

  Checked<CheckedModel> check() {
    return Frontend.check(
        new Source("m.weft", marked.replace(OPEN, "").replace(CLOSE, "")), options);
  }

  /** The text between the marks; empty where the mistake is not in the file. */
  List<String> underlined() {
    int open = marked.indexOf(OPEN);
    return open < 0 ? List.of() : List.of(marked.substring(open + 1, marked.indexOf(CLOSE)));
  }

  /** Where the mistake begins in the file. */
  int start() {
    return marked.indexOf(OPEN);
  }

  @Override
  public String toString() {
    return code.id() + " " + code + ": " + message;
  }
}
