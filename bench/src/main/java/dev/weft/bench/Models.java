package dev.weft.bench;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models that are measured. */
final class Models {
  private Models() {}

  static Source example(String name) {
    var root = Path.of(System.getProperty("weft.root", "."));
    try {
      return new Source(name, Files.readString(root.resolve("examples").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CheckedModel checked(Source source, Options options) {
    return Frontend.check(source, options).orThrow();
  }

  /**
   * A model of about a number of lines: as many different layers in a row as that takes, of ten
   * lines each, none of them in a repeat.
   */
  static Source longModel(int lines) {
    var text = new StringBuilder();
    text.append("model long(model = 64, hidden = 256) {\n  axis batch, seq\n");
    text.append("  input x: float[batch, seq, model]\n  y = x\n");
    for (int i = 0; i < lines / 10; i++) {
      text.append(
          """
            param a%1$d: [model, hidden] = normal(0.02)
            param b%1$d: [hidden] = zeros
            param c%1$d: [hidden, model] = normal(0.02)
            param d%1$d: [model] = ones
            n%1$d = normalize(y, over: model) * d%1$d
            h%1$d[batch, seq, hidden] = n%1$d * a%1$d + b%1$d
            g%1$d = gelu(h%1$d)
            o%1$d[batch, seq, model] = g%1$d * c%1$d
            y = y + o%1$d
            // layer %1$d
          """
              .formatted(i));
    }
    text.append("  loss = mean(y)\n}\n\ntrain long { batch = 8, seq = 16 }\n");
    return new Source("long.weft", text.toString());
  }
}
