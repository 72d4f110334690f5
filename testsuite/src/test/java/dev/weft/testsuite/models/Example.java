package dev.weft.testsuite.models;

import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of {@code examples/} with its preset {@code tiny}, made smaller where only size is lost.
 */
record Example(String name, Map<String, String> smaller) {
  private static final Map<String, String> LANGUAGE =
      Map.of("layers", "2", "model", "32", "seq", "8");

  static final List<Example> ALL =
      List.of(
          new Example("gpt2", with(LANGUAGE, "positions", "8")),
          new Example("gpt3", with(LANGUAGE, "positions", "8")),
          new Example("llama2", with(with(LANGUAGE, "model", "64"), "ffn", "64")),
          new Example("llama3", with(with(LANGUAGE, "model", "64"), "ffn", "64")),
          new Example("mixtral", with(LANGUAGE, "model", "64")),
          new Example("bert", with(LANGUAGE, "positions", "8")),
          new Example("vit", Map.of("layers", "2", "model", "32", "patch", "2")),
          new Example(
              "t5",
              Map.of(
                  "encoder_layers",
                  "2",
                  "decoder_layers",
                  "2",
                  "model",
                  "32",
                  "seq",
                  "8",
                  "target",
                  "8")),
          new Example("bilinear", LANGUAGE));

  private static Map<String, String> with(Map<String, String> values, String name, String value) {
    var more = new java.util.TreeMap<>(values);
    more.put(name, value);
    return more;
  }

  Source source() {
    var path = Path.of(System.getProperty("weft.root"), "examples", name + ".weft");
    try {
      return new Source(path.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The preset in float64. */
  Options asIs() {
    return Options.preset("tiny").with(DType.F64);
  }

  /** The same structure with fewer layers, tokens and features. */
  Options small() {
    var options = asIs();
    for (var entry : smaller.entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return options;
  }
}
